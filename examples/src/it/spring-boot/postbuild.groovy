String log = new File(basedir, 'build.log').text
return log.contains('from Spring Boot: 3 predictions') && log.contains('running on the engine vector') && !log.contains('incubator')
