"""Makes mixture.pt, the estimate of KL(q || mixture) and its gradients by PyTorch: python3 mixture.py"""
import torch
from torch.distributions import Categorical, MixtureSameFamily, Normal

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
share, sigma1, sigma2, prior_mu = 0.3, 0.4, 0.02, 0.05
mu = (0.3 * torch.randn(40)).requires_grad_()
rho = (-4 + 2 * torch.randn(40)).requires_grad_()
eps = torch.randn(40)
mu.data, rho.data, eps = (t.float().double() for t in (mu.data, rho.data, eps))

sigma = torch.nn.functional.softplus(rho)
w = mu + sigma * eps
prior = MixtureSameFamily(
    Categorical(torch.tensor([share, 1 - share])),
    Normal(torch.tensor([prior_mu, prior_mu]), torch.tensor([sigma1, sigma2])),
)
kl = (Normal(mu, sigma).log_prob(w) - prior.log_prob(w)).sum()
kl.backward()
numbers = {"mu": mu, "rho": rho, "eps": eps, "kl": kl.reshape(1), "by_mu": mu.grad, "by_rho": rho.grad}
torch.save({name: t.detach().float() for name, t in numbers.items()}, "mixture.pt")
