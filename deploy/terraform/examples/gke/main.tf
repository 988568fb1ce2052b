# A GKE cluster that is there, and Memorystore for Redis in its network: two zones, TLS, a password, hourly snapshots.

provider "google" {
  project = var.project
  region  = var.region
}

data "google_client_config" "this" {}

data "google_container_cluster" "this" {
  name     = var.cluster_name
  location = coalesce(var.cluster_location, var.region)
}

provider "kubernetes" {
  host                   = "https://${data.google_container_cluster.this.endpoint}"
  cluster_ca_certificate = base64decode(data.google_container_cluster.this.master_auth[0].cluster_ca_certificate)
  token                  = data.google_client_config.this.access_token
}

provider "helm" {
  kubernetes = {
    host                   = "https://${data.google_container_cluster.this.endpoint}"
    cluster_ca_certificate = base64decode(data.google_container_cluster.this.master_auth[0].cluster_ca_certificate)
    token                  = data.google_client_config.this.access_token
  }
}

resource "google_redis_instance" "redis" {
  name                    = "${var.cluster_name}-mcp-agentic"
  region                  = var.region
  tier                    = "STANDARD_HA"
  memory_size_gb          = var.redis_memory_gb
  redis_version           = "REDIS_7_2"
  authorized_network      = data.google_container_cluster.this.network
  connect_mode            = "PRIVATE_SERVICE_ACCESS"
  auth_enabled            = true
  transit_encryption_mode = "SERVER_AUTHENTICATION"

  # why: every key is a task, a counter or an event that somebody still counts on
  redis_configs = {
    maxmemory-policy = "noeviction"
  }

  # why: Memorystore keeps no append-only file here; an hour is the shortest
  persistence_config {
    persistence_mode    = "RDB"
    rdb_snapshot_period = "ONE_HOUR"
  }
}

module "mcp_agentic" {
  source = "../../modules/mcp-agentic"

  host           = var.host
  chart          = "oci://${var.registry}/charts/mcp-agentic-ai-server"
  chart_version  = var.release_version
  image_registry = var.registry
  first_key      = var.first_key
  model_secrets  = var.model_secrets
  redis_url      = "rediss://:${google_redis_instance.redis.auth_string}@${google_redis_instance.redis.host}:${google_redis_instance.redis.port}"
  redis_ca       = join("\n", google_redis_instance.redis.server_ca_certs[*].cert)
}
