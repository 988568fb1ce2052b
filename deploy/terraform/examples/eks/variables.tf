variable "region" {
  description = "AWS region of the cluster."
  type        = string
}

variable "cluster_name" {
  description = "An EKS cluster that is there."
  type        = string
}

variable "redis_node_type" {
  description = "Size of the two nodes of ElastiCache."
  type        = string
  default     = "cache.t4g.small"
}

variable "host" {
  description = "Public host name."
  type        = string
}

variable "registry" {
  description = "Registry of the images and the chart, such as registry.example.com/acme."
  type        = string
}

variable "release_version" {
  description = "Which version is installed."
  type        = string
}

variable "first_key" {
  description = "Token of the first API key: see the module."
  type        = string
  default     = null
  sensitive   = true
}

variable "model_secrets" {
  description = "Keys of models, such as GEMINI_API_KEY."
  type        = map(string)
  default     = {}
  sensitive   = true
}
