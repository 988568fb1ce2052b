variable "host" {
  description = "Public host name of the installation; other Host headers are refused."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", var.host))
    error_message = "A host name in small letters, such as agents.example.com."
  }
}

variable "namespace" {
  description = "Namespace of the installation; one installation each."
  type        = string
  default     = "mcp-agentic"
}

variable "create_namespace" {
  description = "Whether the namespace is made here, with Pod Security `restricted` enforced. Else it has to be there."
  type        = bool
  default     = true
}

variable "release" {
  description = "Name of the Helm release."
  type        = string
  default     = "agentic"
}

variable "chart" {
  description = "The chart: oci://REGISTRY/charts/mcp-agentic-ai-server, or a folder."
  type        = string
}

variable "chart_version" {
  description = "Version of a chart from a registry, which is that of the images too; null for a folder."
  type        = string
  default     = null
}

variable "image_registry" {
  description = "Registry of the services' images; empty for the container runtime's default."
  type        = string
  default     = ""
}

variable "access_secret" {
  description = "Base64 of 32 random bytes or more that credentials are hashed with; null makes one and keeps it in the state. With another one all keys and sessions are invalid."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = var.access_secret == null || can(regex("^[A-Za-z0-9+/]{43,}={0,2}$", var.access_secret))
    error_message = "Base64 of at least 32 bytes."
  }
}

variable "first_key" {
  description = "Token of the API key that the first start makes, with all scopes (org.mcpagentic.access.token.NewKey in launcher.jar prints one); null makes none."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = var.first_key == null || can(regex("^mcpk-[0-9a-z]+-[0-9a-z]{16}-[A-Za-z0-9_-]{43}-[0-9a-f]{8}$", var.first_key))
    error_message = "The whole token of a key, which begins with mcpk-."
  }
}

variable "encryption_keys" {
  description = "STORE_ENCRYPTION_KEYS: what people and models write is sealed in Redis with the first; null for none."
  type        = string
  default     = null
  sensitive   = true
}

variable "model_secrets" {
  description = "Environment variables of the two services that ask models, such as GEMINI_API_KEY."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "redis_url" {
  description = "A Redis outside: rediss://USER:PASSWORD@HOST:PORT, or redis:// for one without TLS. Null for the chart's own, with a volume."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = var.redis_url == null || can(regex("^rediss?://[^/]+$", var.redis_url))
    error_message = "An address that begins with redis:// or rediss:// and has no path."
  }
}

variable "redis_ca" {
  description = "PEM text of the only authorities that the certificate of a Redis outside may come from; null for those of the service's JDK."
  type        = string
  default     = null
  validation {
    condition     = var.redis_ca == null || can(regex("-----BEGIN CERTIFICATE-----", var.redis_ca))
    error_message = "PEM text."
  }
}

variable "values" {
  description = "Further values of the chart, which win over what the module says: replicas, resources, ingress, monitoring."
  type        = any
  default     = {}
}

variable "timeout" {
  description = "Seconds for which an installation or upgrade may take; then it is rolled back."
  type        = number
  default     = 600
  validation {
    condition     = var.timeout >= 60 && var.timeout <= 3600
    error_message = "60 to 3600 seconds."
  }
}
