package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/**
 * Reads a request from left to right: at each word every recogniser may take what it knows; polite words and separators
 * are passed over; what nobody knows is kept, to be said honestly.
 */
final class RequestReader {

    /** How much is found in one request; one request must not become a flood of calls. */
    static final int MAX_FINDINGS = 16;

    /** How many calls may follow from one another. */
    static final int MAX_CHAIN = 3;

    /** How much is searched for wishes at the beginning of a request; a text to count in may be longer. */
    private static final int MAX_TOKENS = 2_000;

    /** How much is searched at the end of a longer one, where a question about the text above may stand. */
    private static final int LAST_TOKENS = 100;

    /**
     * What holds a text of somebody's own comes first, since that text may hold anything; dates come before arithmetic, since
     * they hold numbers and signs too.
     */
    private static final List<Recogniser> RECOGNISERS = List.of(
            new MemoryRecogniser(),
            new PageRecogniser(),
            new HashRecogniser(),
            new EncodingRecogniser(),
            new TextRecogniser(),
            new BetweenRecogniser(),
            new ShiftRecogniser(),
            new ClockRecogniser(),
            new DayRecogniser(),
            new CalculationRecogniser());

    private static final Set<String> SIGNS =
            Set.of("+", "-", "\u2212", "*", "/", "^", "**", "%", "(", "x", "\u00d7", "\u00f7");

    private static final Set<String> TRAILING = Set.of("please", ")", "=", "too");

    private final Cursor cursor;
    private final List<Finding> findings = new ArrayList<>();
    /** How long the chain is that ends in the last wish of each kind. */
    private final Map<Value.Kind, Integer> chains = new EnumMap<>(Value.Kind.class);

    private boolean greeted;
    private boolean clauseStart = true;
    private boolean asked;
    private boolean afterFinding;
    private int clauseIndex;
    /** Where the words begin and end that nobody knew since the last finding; before the first word if there are none. */
    private int unknownFrom = -1;

    private int unknownTo = -1;

    private RequestReader(String text) {
        this.cursor = new Cursor(text);
    }

    static Request read(String text) {
        RequestReader reader = new RequestReader(text);
        boolean quotedAsAWhole = reader.cursor.peek().kind() == Kind.QUOTED
                && reader.cursor.peek(1).text().isEmpty();
        return quotedAsAWhole ? new RequestReader(reader.cursor.peek().text()).all() : reader.all();
    }

    private Request all() {
        while (!cursor.atEnd() && findings.size() < MAX_FINDINGS) {
            if (cursor.skipMiddle(MAX_TOKENS, LAST_TOKENS)) {
                keepUnknown();
                findings.add(
                        new Finding.Remark("The request is long: I read its beginning and its end for what to do."));
                beginClause(true);
            }
            if (!bullet() && !greeting() && !recognise() && !separator() && !filler()) {
                unknown();
            }
        }
        keepUnknown();
        if (!cursor.atEnd()) {
            findings.add(new Finding.Remark(
                    "I stopped reading after " + MAX_FINDINGS + " wishes; please ask for the others apart."));
        }
        return new Request(findings, greeted);
    }

    private boolean bullet() {
        boolean found = cursor.atBullet();
        if (found) {
            boolean numbered = cursor.take().kind() == Kind.NUMBER;
            if (numbered) {
                cursor.take();
            }
            beginClause(true);
        }
        return found;
    }

    private boolean greeting() {
        boolean hello = clauseStart
                && (cursor.acceptAny(Vocabulary.GREETINGS)
                        || cursor.accept("good", "morning")
                        || cursor.accept("good", "afternoon")
                        || cursor.accept("good", "evening")
                        || cursor.accept("good", "day"));
        if (hello) {
            cursor.accept("there");
            greeted = true;
            clauseIndex = cursor.index();
        }
        return hello;
    }

    private boolean recognise() {
        Recogniser.Context context = new Recogniser.Context(
                clauseStart,
                asked,
                afterFinding,
                cursor.index() > clauseIndex
                        && (cursor.isBehind(SIGNS)
                                || (!asked && SIGNS.contains(cursor.peek().text()))),
                chains.containsKey(Value.Kind.NUMBER),
                chains.containsKey(Value.Kind.DAY),
                chains.containsKey(Value.Kind.MEMORY));
        for (Recogniser recogniser : RECOGNISERS) {
            List<Finding> found = recogniser.read(cursor, context);
            if (!found.isEmpty()) {
                keepUnknown();
                found.forEach(this::add);
                beginClause(false);
                afterFinding = true;
                return true;
            }
        }
        return false;
    }

    private void add(Finding finding) {
        if (!(finding instanceof Finding.Wish(Intent intent))) {
            findings.add(finding);
        } else if (intent instanceof Calculate next
                && next.continues() == Value.Kind.NUMBER
                && findings.getLast() instanceof Finding.Wish(Calculate last)
                && last.continues() == Value.Kind.NUMBER) {
            findings.set(findings.size() - 1, new Finding.Wish(last.then(next)));
        } else {
            int chain = 1 + chains.getOrDefault(intent.continues(), 0);
            if (chain > MAX_CHAIN) {
                findings.add(new Finding.Remark("I let at most " + MAX_CHAIN
                        + " steps follow from one another, so I left out " + Quote.marked(intent.wish()) + "."));
                return;
            }
            if (intent.yields() != Value.Kind.NONE) {
                chains.put(intent.yields(), chain);
            }
            findings.add(finding);
        }
    }

    private boolean separator() {
        Token next = cursor.peek();
        boolean found =
                next.endsSentence() || (next.kind() != Kind.QUOTED && Vocabulary.SEPARATORS.contains(next.text()));
        if (found) {
            cursor.take();
            beginClause(true);
            afterFinding = false;
        }
        return found;
    }

    private void beginClause(boolean start) {
        clauseStart = start;
        asked = false;
        clauseIndex = cursor.index();
    }

    private boolean filler() {
        if (!clauseStart) {
            return afterFinding && cursor.acceptAny(TRAILING);
        }
        if (Vocabulary.acceptAnyPhrase(cursor, Vocabulary.ASKING)) {
            asked = true;
            return true;
        }
        return cursor.acceptAny(Vocabulary.POLITE);
    }

    private void unknown() {
        if (unknownFrom < 0) {
            // why: "what is the" belongs to the capital of France if nobody knows that
            unknownFrom = clauseStart ? clauseIndex : cursor.index();
        }
        cursor.take();
        unknownTo = cursor.index();
        clauseStart = false;
        asked = false;
        afterFinding = false;
    }

    private void keepUnknown() {
        if (unknownFrom >= 0) {
            String words = cursor.between(unknownFrom, unknownTo);
            if (words.codePoints().anyMatch(Character::isLetterOrDigit)) {
                findings.add(new Finding.NotUnderstood(words));
            }
            unknownFrom = -1;
        }
    }
}
