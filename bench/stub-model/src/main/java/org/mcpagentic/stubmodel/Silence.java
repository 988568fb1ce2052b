package org.mcpagentic.stubmodel;

/** The request is taken and never answered. */
public record Silence() implements Reply {}
