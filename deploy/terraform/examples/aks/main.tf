# An AKS cluster that is there, and Azure Managed Redis behind a private endpoint: two nodes, TLS, an access key, an append-only file.

provider "azurerm" {
  subscription_id = var.subscription_id
  features {}
}

data "azurerm_kubernetes_cluster" "this" {
  name                = var.cluster_name
  resource_group_name = var.resource_group
}

provider "kubernetes" {
  host                   = data.azurerm_kubernetes_cluster.this.kube_config[0].host
  client_certificate     = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].client_certificate)
  client_key             = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].client_key)
  cluster_ca_certificate = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)
}

provider "helm" {
  kubernetes = {
    host                   = data.azurerm_kubernetes_cluster.this.kube_config[0].host
    client_certificate     = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].client_certificate)
    client_key             = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].client_key)
    cluster_ca_certificate = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)
  }
}

resource "azurerm_managed_redis" "redis" {
  name                      = "${var.cluster_name}-mcp-agentic"
  resource_group_name       = var.resource_group
  location                  = data.azurerm_kubernetes_cluster.this.location
  sku_name                  = var.redis_sku
  high_availability_enabled = true
  public_network_access     = "Disabled"

  default_database {
    access_keys_authentication_enabled = true
    client_protocol                    = "Encrypted"
    # why: the services of one installation speak to one server; the other policies want clients of a cluster, or spread keys by themselves
    clustering_policy = "NoCluster"
    # why: every key is a task, a counter or an event that somebody still counts on
    eviction_policy                               = "NoEviction"
    persistence_append_only_file_backup_frequency = "1s"
  }
}

resource "azurerm_private_dns_zone" "redis" {
  name                = "privatelink.redis.azure.net"
  resource_group_name = var.resource_group
}

resource "azurerm_private_dns_zone_virtual_network_link" "redis" {
  name                  = "${var.cluster_name}-mcp-agentic"
  resource_group_name   = var.resource_group
  private_dns_zone_name = azurerm_private_dns_zone.redis.name
  virtual_network_id    = var.network_id
}

resource "azurerm_private_endpoint" "redis" {
  name                = "${var.cluster_name}-mcp-agentic"
  resource_group_name = var.resource_group
  location            = data.azurerm_kubernetes_cluster.this.location
  subnet_id           = var.subnet_id

  private_service_connection {
    name                           = "redis"
    private_connection_resource_id = azurerm_managed_redis.redis.id
    subresource_names              = ["redisEnterprise"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "redis"
    private_dns_zone_ids = [azurerm_private_dns_zone.redis.id]
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
  redis_url      = "rediss://:${urlencode(azurerm_managed_redis.redis.default_database[0].primary_access_key)}@${azurerm_managed_redis.redis.hostname}:${azurerm_managed_redis.redis.default_database[0].port}"

  depends_on = [azurerm_private_endpoint.redis, azurerm_private_dns_zone_virtual_network_link.redis]
}
