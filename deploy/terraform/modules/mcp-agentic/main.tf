# One installation: its namespace, its secrets, its Helm release. Which cluster it is, the caller's providers say.

locals {
  namespace      = var.create_namespace ? kubernetes_namespace.this[0].metadata[0].name : var.namespace
  external_redis = nonsensitive(var.redis_url != null)
  own_redis_ca   = var.redis_ca != null
  asks_models    = nonsensitive(length(var.model_secrets) > 0)

  labels = {
    "app.kubernetes.io/part-of"    = "mcp-agentic-ai-server"
    "app.kubernetes.io/managed-by" = "terraform"
  }

  values = merge(
    {
      host   = var.host
      image  = { registry = var.image_registry }
      access = { existingSecret = kubernetes_secret.access.metadata[0].name }
    },
    local.asks_models ? { model = { existingSecret = kubernetes_secret.model[0].metadata[0].name } } : {},
    local.external_redis ? {
      redis = merge(
        {
          internal = { enabled = false }
          external = { existingSecret = kubernetes_secret.redis[0].metadata[0].name }
        },
        local.own_redis_ca ? { tls = { existingSecret = kubernetes_secret.redis_ca[0].metadata[0].name } } : {},
      )
    } : {},
  )
}

resource "kubernetes_namespace" "this" {
  count = var.create_namespace ? 1 : 0

  metadata {
    name = var.namespace
    labels = merge(local.labels, {
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/audit"   = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
    })
  }
}

resource "random_bytes" "access" {
  count = nonsensitive(var.access_secret == null) ? 1 : 0

  length = 32

  lifecycle {
    # why: with another one all keys and sessions are invalid
    ignore_changes = all
  }
}

resource "kubernetes_secret" "access" {
  metadata {
    name      = "mcp-agentic-access"
    namespace = local.namespace
    labels    = local.labels
  }
  data = merge(
    { ACCESS_SECRET = var.access_secret == null ? random_bytes.access[0].base64 : var.access_secret },
    var.first_key == null ? {} : { ACCESS_FIRST_KEY = var.first_key },
    var.encryption_keys == null ? {} : { STORE_ENCRYPTION_KEYS = var.encryption_keys },
  )
}

resource "kubernetes_secret" "model" {
  count = local.asks_models ? 1 : 0

  metadata {
    name      = "mcp-agentic-model"
    namespace = local.namespace
    labels    = local.labels
  }
  data = var.model_secrets
}

resource "kubernetes_secret" "redis" {
  count = local.external_redis ? 1 : 0

  metadata {
    name      = "mcp-agentic-redis-auth"
    namespace = local.namespace
    labels    = local.labels
  }
  data = { REDIS_URL = var.redis_url }
}

resource "kubernetes_secret" "redis_ca" {
  count = local.own_redis_ca ? 1 : 0

  metadata {
    name      = "mcp-agentic-redis-ca"
    namespace = local.namespace
    labels    = local.labels
  }
  data = { "ca.crt" = var.redis_ca }

  lifecycle {
    precondition {
      condition     = local.external_redis && startswith(coalesce(var.redis_url, "none"), "rediss://")
      error_message = "redis_ca is of use only with a redis_url that begins with rediss://."
    }
  }
}

resource "helm_release" "this" {
  name        = var.release
  namespace   = local.namespace
  chart       = var.chart
  version     = var.chart_version
  values      = [yamlencode(local.values), yamlencode(var.values)]
  atomic      = true
  wait        = true
  timeout     = var.timeout
  max_history = 10
}
