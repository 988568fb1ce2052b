package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A reply with status 200 in the form that the client asked for: in one piece or as a stream.
 *
 * @param finish the finish reason; empty for the one that fits. {@code STOP}, {@code MAX_TOKENS} and {@code SAFETY} are
 *     told to OpenAI's clients in their words, others as they are
 * @param usage the tokens used; empty for an estimate by length
 */
public record Answer(
        Content content,
        Ending ending,
        Optional<String> finish,
        Pace pace,
        Optional<Usage> usage,
        Optional<Fault> fault)
        implements Reply {
    public Answer {
        requireNonNull(content, "content");
        requireNonNull(ending, "ending");
        requireNonNull(finish, "finish");
        requireNonNull(pace, "pace");
        requireNonNull(usage, "usage");
        requireNonNull(fault, "fault");
    }

    static Answer of(Ending ending) {
        return new Answer(Content.NOTHING, ending, Optional.empty(), Pace.AT_ONCE, Optional.empty(), Optional.empty());
    }

    /** With this text, which streams in words. */
    public Answer text(String text) {
        return with(new Content(content.thinking(), text, content.calls(), content.signing()));
    }

    /** With these thoughts before the text and the calls. */
    public Answer thinking(String thoughts) {
        return with(new Content(thoughts, content.text(), content.calls(), content.signing()));
    }

    /** With these calls after the text. */
    public Answer calls(Call... calls) {
        return with(new Content(content.thinking(), content.text(), List.of(calls), content.signing()));
    }

    /** With this thought signature, base64, in place of the stub's own. */
    public Answer signed(String signature) {
        return with(new Content(content.thinking(), content.text(), content.calls(), new Signing.Given(signature)));
    }

    /** Without any thought signature, as models before Gemini 3 answer. */
    public Answer unsigned() {
        return with(new Content(content.thinking(), content.text(), content.calls(), new Signing.None()));
    }

    /** With this text as the arguments of every call. */
    public Answer brokenArguments(String text) {
        return with(new Content(
                content.thinking(),
                content.text(),
                content.calls().stream()
                        .map(call -> Call.broken(call.name(), text))
                        .toList(),
                content.signing()));
    }

    /** With these tokens used, see {@link Usage}. */
    public Answer usage(int input, int cached, int output, int thoughts) {
        return new Answer(
                content, ending, finish, pace, Optional.of(new Usage(input, cached, output, thoughts)), fault);
    }

    /** With this finish reason. */
    public Answer finish(String reason) {
        return new Answer(content, ending, Optional.of(reason), pace, usage, fault);
    }

    /** With the first chunk this long after the request. */
    public Answer firstTokenAfter(Duration wait) {
        return with(new Pace(wait, pace.between(), pace.chunks(), pace.fragment()));
    }

    /** With this long between a chunk and the next. */
    public Answer between(Duration wait) {
        return with(new Pace(pace.first(), wait, pace.chunks(), pace.fragment()));
    }

    /** With the text cut into this many chunks, as far as it has so many characters. */
    public Answer chunks(int count) {
        return with(new Pace(pace.first(), pace.between(), count, pace.fragment()));
    }

    /** Written in pieces of so many bytes, which cut events, lines and characters wherever they fall. */
    public Answer inFragmentsOf(int bytes) {
        return with(new Pace(pace.first(), pace.between(), pace.chunks(), bytes));
    }

    /** Sends no more after so many chunks, and keeps the connection open. */
    public Answer stallAfter(int chunks) {
        return with(new Fault.Stall(chunks));
    }

    /** Closes the connection after so many chunks, without the body's end. */
    public Answer cutAfter(int chunks) {
        return with(new Fault.Cut(chunks));
    }

    /** Sends an event that is no JSON after so many chunks, then the rest. */
    public Answer malformedChunkAfter(int chunks) {
        return with(new Fault.MalformedChunk(chunks));
    }

    /** Sends an event of so many bytes without a line's end in place of the first chunk, and keeps the connection open. */
    public Answer endlessLine(int bytes) {
        return with(new Fault.EndlessLine(0, bytes));
    }

    /** Sends an error as an event after so many chunks, and ends there. */
    public Answer failAfter(int chunks, Refusal refusal) {
        return with(new Fault.Failure(chunks, refusal, false));
    }

    /** The same, but on Gemini's wire as lines of JSON without {@code data:}, as Google's own clients expect it. */
    public Answer failBareAfter(int chunks, Refusal refusal) {
        return with(new Fault.Failure(chunks, refusal, true));
    }

    /** The error that comes in the middle, if one does. */
    Optional<Refusal> failure() {
        return fault.map(some -> some instanceof Fault.Failure failure ? failure.refusal() : null);
    }

    private Answer with(Content changed) {
        return new Answer(changed, ending, finish, pace, usage, fault);
    }

    private Answer with(Pace changed) {
        return new Answer(content, ending, finish, changed, usage, fault);
    }

    private Answer with(Fault added) {
        return new Answer(content, ending, finish, pace, usage, Optional.of(added));
    }
}
