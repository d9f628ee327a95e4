package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.Arguments;
import io.github.posteriori.pickle.Global;
import io.github.posteriori.pickle.PickleException;
import io.github.posteriori.pickle.PickleValue;

/**
 * The functions and classes of PyTorch that build data: what {@code torch.load(weights_only=True)}
 * admits. Source of the arguments: {@code torch/_utils.py} and {@code torch/_tensor.py}.
 */
enum TorchGlobal implements Global {
  /** A tensor of (storage, offset, size, stride, requires_grad, backward_hooks[, metadata]). */
  TENSOR("torch._utils._rebuild_tensor_v2") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(6, 7);
      boolean changed =
          arguments.values().size() == 7
              && arguments.values().get(6) instanceof Dictionary flags
              && flags.entries().containsValue(Constant.TRUE);
      return changed ? new UnreadTensor("a conjugated or negated tensor") : view(arguments);
    }
  },

  /** A tensor of (storage, offset, size, stride). */
  OLDER_TENSOR("torch._utils._rebuild_tensor") {
    @Override
    public PickleValue call(Arguments arguments) {
      return view(arguments.requireCount(4, 4));
    }
  },

  /** A tensor of (storage, offset, size, stride, requires_grad, hooks, type[, metadata]). */
  TENSOR_OF_NEW_TYPE("torch._utils._rebuild_tensor_v3") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(7, 8);
      return new UnreadTensor("a tensor of " + arguments.values().get(6).kind());
    }
  },

  /** A parameter of (data, requires_grad, backward_hooks). */
  PARAMETER("torch._utils._rebuild_parameter") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(3, 3).values().get(0);
    }
  },

  /** A parameter of (data, requires_grad, backward_hooks, attributes). */
  PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(4, 4).values().get(0);
    }
  },

  /** A parameter of (data[, requires_grad]). */
  PARAMETER_CLASS("torch.nn.parameter.Parameter") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(1, 2).values().get(0);
    }
  },

  /** A tensor of (function, class, its arguments, attributes). */
  TENSOR_WITH_STATE("torch._tensor._rebuild_from_type_v2") {
    @Override
    public PickleValue call(Arguments arguments) {
      arguments.requireCount(4, 4);
      TorchGlobal function = arguments.get(0, TorchGlobal.class, "a function of torch._utils");
      if (function == this) {
        throw PickleException.damaged("a tensor that rebuilds itself", "one of torch._utils");
      }
      return function.call(
          Arguments.of(function.python(), arguments.values().get(2), arguments.work()));
    }
  },

  /** A tensor of another device, of (tensor, type, device, requires_grad). */
  DEVICE_TENSOR("torch._utils._rebuild_device_tensor_from_cpu_tensor") {
    @Override
    public PickleValue call(Arguments arguments) {
      return arguments.requireCount(4, 4).values().get(0);
    }
  },

  DEVICE_TENSOR_OF_NUMPY("torch._utils._rebuild_device_tensor_from_numpy") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new UnreadTensor("a tensor of another device");
    }
  },
  QUANTIZED_TENSOR("torch._utils._rebuild_qtensor") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new UnreadTensor("a quantized tensor");
    }
  },
  SPARSE_TENSOR("torch._utils._rebuild_sparse_tensor") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new UnreadTensor("a sparse tensor");
    }
  },
  META_TENSOR("torch._utils._rebuild_meta_tensor_no_storage") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new UnreadTensor("a tensor without numbers");
    }
  },
  WRAPPER("torch._utils._rebuild_wrapper_subclass") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new UnreadTensor("a tensor without numbers");
    }
  },
  SIZE("torch.Size") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new Other("a torch.Size");
    }
  },
  DEVICE("torch.device") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new Other("a torch.device");
    }
  },
  LAYOUT("torch.serialization._get_layout") {
    @Override
    public PickleValue call(Arguments arguments) {
      return new Other("a torch.layout");
    }
  };

  private final String python;

  TorchGlobal(String python) {
    this.python = python;
  }

  @Override
  public String python() {
    return python;
  }

  private static View view(Arguments arguments) {
    return new View(
        arguments.get(0, Storage.class, "a storage"),
        arguments.number(1),
        arguments.numbers(2),
        arguments.numbers(3));
  }
}
