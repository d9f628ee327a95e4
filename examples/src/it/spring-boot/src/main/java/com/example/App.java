package com.example;

import io.github.posteriori.Prediction;
import lombok.RequiredArgsConstructor;
import org.nd4j.linalg.factory.Nd4j;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

@SpringBootApplication
public class App {
  public static void main(String[] args) {
    SpringApplication.run(App.class, args);
  }

  @Bean
  NetModule net() {
    return NetModule.create();
  }

  @Component
  @RequiredArgsConstructor
  static class Predict implements CommandLineRunner {
    private final NetModule net;

    @Override
    public void run(String... args) {
      Prediction prediction = net.predict(Nd4j.rand(3, 1, 32, 32), 10);
      System.out.println("from Spring Boot: " + prediction.probabilities().rows() + " predictions");
    }
  }
}
