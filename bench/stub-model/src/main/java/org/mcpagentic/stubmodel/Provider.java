package org.mcpagentic.stubmodel;

/** Whose wire a request speaks. */
public enum Provider {
    GEMINI,
    OPENAI
}
