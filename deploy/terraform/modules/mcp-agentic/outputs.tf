output "namespace" {
  description = "Where everything is."
  value       = local.namespace
}

output "url" {
  description = "Where people find the page."
  value       = "https://${var.host}/"
}

output "version" {
  description = "The version that runs."
  value       = var.chart_version
}

output "access_secret_name" {
  description = "The Secret with what credentials are hashed with; keep a copy of it where backups of Redis are not."
  value       = kubernetes_secret.access.metadata[0].name
}
