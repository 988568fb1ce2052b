# What an installation consists of, planned against providers that do nothing: no cluster is asked.

mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {
  mock_resource "random_bytes" {
    defaults = {
      base64 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    }
  }
}

variables {
  host          = "agents.example.com"
  chart         = "oci://registry.example.com/acme/charts/mcp-agentic-ai-server"
  chart_version = "1.2.3"
}

run "the_least_that_can_be_said_installs_with_a_redis_of_its_own" {
  command = apply

  assert {
    condition     = kubernetes_namespace.this[0].metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "Pod Security is enforced"
  }
  assert {
    condition     = yamldecode(helm_release.this.values[0]).access.existingSecret == "mcp-agentic-access"
    error_message = "the release is told of the Secret"
  }
  assert {
    condition     = !can(yamldecode(helm_release.this.values[0]).redis) && !can(yamldecode(helm_release.this.values[0]).model)
    error_message = "nothing is said of what the chart brings by itself"
  }
  assert {
    condition     = keys(nonsensitive(kubernetes_secret.access.data)) == tolist(["ACCESS_SECRET"])
    error_message = "no first key is made up"
  }
  assert {
    condition     = helm_release.this.atomic && helm_release.this.wait && helm_release.this.max_history == 10
    error_message = "an upgrade that does not become ready is rolled back"
  }
  assert {
    condition     = length(kubernetes_secret.redis) == 0 && length(kubernetes_secret.model) == 0
    error_message = "no Secret without a use"
  }
  assert {
    condition     = output.url == "https://agents.example.com/"
    error_message = "people are told where the page is"
  }
}

run "a_managed_redis_is_reached_by_secrets_alone" {
  command = apply

  variables {
    redis_url     = "rediss://services:hunter2@redis.example.com:6379"
    redis_ca      = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    model_secrets = { GEMINI_API_KEY = "a-key" }
    values        = { customMcpService = { replicas = 5 } }
  }

  assert {
    condition     = yamldecode(helm_release.this.values[0]).redis.internal.enabled == false
    error_message = "no Redis of the chart's own beside it"
  }
  assert {
    condition     = yamldecode(helm_release.this.values[0]).redis.external.existingSecret == "mcp-agentic-redis-auth"
    error_message = "the address comes by a Secret"
  }
  assert {
    condition     = yamldecode(helm_release.this.values[0]).redis.tls.existingSecret == "mcp-agentic-redis-ca"
    error_message = "its authority too"
  }
  assert {
    condition     = yamldecode(helm_release.this.values[1]).customMcpService.replicas == 5
    error_message = "further values come last"
  }
  assert {
    condition     = !strcontains(join("", helm_release.this.values), "hunter2") && !strcontains(join("", helm_release.this.values), "a-key")
    error_message = "no secret is in the release's values"
  }
}

run "a_secret_of_ones_own_is_taken" {
  command = apply

  variables {
    access_secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    first_key     = "mcpk-0-4g8qz1m0wn3vtd6x-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ-0123abcd"
  }

  assert {
    condition     = length(random_bytes.access) == 0
    error_message = "none is made beside it"
  }
  assert {
    condition     = nonsensitive(kubernetes_secret.access.data["ACCESS_SECRET"]) == "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    error_message = "it is the one that was given"
  }
  assert {
    condition     = contains(keys(nonsensitive(kubernetes_secret.access.data)), "ACCESS_FIRST_KEY")
    error_message = "the first key is handed on"
  }
}

run "a_host_that_is_none_is_refused" {
  command = plan

  variables {
    host = "https://agents.example.com"
  }

  expect_failures = [var.host]
}

run "an_authority_without_tls_is_refused" {
  command = plan

  variables {
    redis_url = "redis://redis.example.com:6379"
    redis_ca  = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  }

  expect_failures = [kubernetes_secret.redis_ca]
}

run "a_short_secret_is_refused" {
  command = plan

  variables {
    access_secret = "c2hvcnQ="
  }

  expect_failures = [var.access_secret]
}
