# An EKS cluster that is there, and ElastiCache for Valkey in its network: two zones, TLS, a password.

provider "aws" {
  region = var.region
}

data "aws_eks_cluster" "this" {
  name = var.cluster_name
}

data "aws_eks_cluster_auth" "this" {
  name = var.cluster_name
}

provider "kubernetes" {
  host                   = data.aws_eks_cluster.this.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)
  token                  = data.aws_eks_cluster_auth.this.token
}

provider "helm" {
  kubernetes = {
    host                   = data.aws_eks_cluster.this.endpoint
    cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)
    token                  = data.aws_eks_cluster_auth.this.token
  }
}

locals {
  network = data.aws_eks_cluster.this.vpc_config[0]
}

resource "aws_elasticache_subnet_group" "redis" {
  name       = "${var.cluster_name}-mcp-agentic"
  subnet_ids = local.network.subnet_ids
}

resource "aws_security_group" "redis" {
  name        = "${var.cluster_name}-mcp-agentic-redis"
  description = "Redis of MCP Agentic AI Server, from the nodes of the cluster alone"
  vpc_id      = local.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  description                  = "Redis from the cluster"
  security_group_id            = aws_security_group.redis.id
  referenced_security_group_id = local.network.cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "aws_elasticache_parameter_group" "redis" {
  name   = "${var.cluster_name}-mcp-agentic"
  family = "valkey8"

  # why: every key is a task, a counter or an event that somebody still counts on
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

# why without special characters: it stands in an address
resource "random_password" "redis" {
  length  = 64
  special = false
}

resource "aws_elasticache_replication_group" "redis" {
  replication_group_id       = "${var.cluster_name}-mcp-agentic"
  description                = "Redis of MCP Agentic AI Server"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.redis_node_type
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  parameter_group_name       = aws_elasticache_parameter_group.redis.name
  subnet_group_name          = aws_elasticache_subnet_group.redis.name
  security_group_ids         = [aws_security_group.redis.id]
  port                       = 6379
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  auth_token                 = random_password.redis.result
  # why: ElastiCache keeps no append-only file; what a failover loses, it loses, and this is the way back from the rest
  snapshot_retention_limit = 7
  snapshot_window          = "02:00-03:00"
}

module "mcp_agentic" {
  source = "../../modules/mcp-agentic"

  host           = var.host
  chart          = "oci://${var.registry}/charts/mcp-agentic-ai-server"
  chart_version  = var.release_version
  image_registry = var.registry
  first_key      = var.first_key
  model_secrets  = var.model_secrets
  redis_url      = "rediss://:${random_password.redis.result}@${aws_elasticache_replication_group.redis.primary_endpoint_address}:6379"
}
