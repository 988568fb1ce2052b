package org.mcpagentic.stubmodel;

/**
 * Tokens used.
 *
 * @param input tokens of the prompt, those from the cache included
 * @param cached how many of the input came from the cache
 * @param output tokens of the answer, thoughts left out
 * @param thoughts tokens of the thoughts
 */
public record Usage(int input, int cached, int output, int thoughts) {
    public Usage {
        if (input < 0 || cached < 0 || output < 0 || thoughts < 0 || cached > input) {
            throw new IllegalArgumentException("tokens are 0 or more, and those cached are a part of the input");
        }
    }

    int total() {
        return input + output + thoughts;
    }
}
