variable "subscription_id" {
  description = "Azure subscription."
  type        = string
}

variable "resource_group" {
  description = "Resource group of the cluster, in which Redis is made."
  type        = string
}

variable "cluster_name" {
  description = "An AKS cluster that is there, with local accounts."
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the cluster's network for the private endpoint of Redis."
  type        = string
}

variable "network_id" {
  description = "The cluster's network, in which Redis' name is known."
  type        = string
}

variable "redis_sku" {
  description = "Size of Azure Managed Redis."
  type        = string
  default     = "Balanced_B3"
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
