output "url" {
  description = "Where people find the page."
  value       = module.mcp_agentic.url
}
