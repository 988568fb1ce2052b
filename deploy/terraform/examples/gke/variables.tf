variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the cluster and of Redis."
  type        = string
}

variable "cluster_name" {
  description = "A GKE cluster that is there, whose network has private service access."
  type        = string
}

variable "cluster_location" {
  description = "The cluster's region or zone; null for the region."
  type        = string
  default     = null
}

variable "redis_memory_gb" {
  description = "Memory of Memorystore."
  type        = number
  default     = 5
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
