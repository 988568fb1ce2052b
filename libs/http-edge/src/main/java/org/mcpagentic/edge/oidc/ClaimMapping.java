package org.mcpagentic.edge.oidc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** What claims stand for here: a person, a tenant, scopes. Nothing is granted that no claim grants. */
final class ClaimMapping {

    private static final String PREFIX = "oidc:";
    private static final String HASHED = "sha256-";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@-]{1,120}");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private final OidcConfig config;
    private final TenantId everyonesTenant;
    private final Map<String, Rights> meanings;
    private final Limits limits;

    /** @throws IllegalStateException if the mapping names a scope that there is not */
    ClaimMapping(OidcConfig config) {
        this.config = config;
        this.everyonesTenant = new TenantId(config.tenant());
        this.meanings = meanings(config);
        this.limits = limits(config);
    }

    /** Who a token stands for; nothing where a claim that is needed is missing, or is not of the type that it should be. */
    Optional<Principal> principal(VerifiedToken token) {
        Optional<OwnerId> owner = text(token, config.ownerClaim()).map(ClaimMapping::owner);
        Optional<TenantId> tenant = config.tenantClaim()
                .map(claim -> text(token, claim).flatMap(ClaimMapping::tenant))
                .orElse(Optional.of(everyonesTenant));
        Optional<Rights> rights = rights(token);
        if (owner.isEmpty() || tenant.isEmpty() || rights.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Principal(
                tenant.get(),
                owner.get(),
                Principal.Kind.TOKEN,
                rights.get(),
                limits,
                Optional.empty(),
                Optional.of(token.expires())));
    }

    /** A name that does not fit is hashed; so is one that looks as if it were. */
    private static OwnerId owner(String name) {
        return PLAIN.matcher(name).matches() && !name.startsWith(HASHED)
                ? new OwnerId(PREFIX + name)
                : new OwnerId(PREFIX
                        + HASHED
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(name)));
    }

    private static Optional<TenantId> tenant(String name) {
        try {
            return Optional.of(new TenantId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Rights> rights(VerifiedToken token) {
        Object claim = at(token.claims(), config.scopesClaim());
        Optional<List<String>> names = switch (claim) {
            case null -> Optional.of(List.of());
            case String text -> Optional.of(List.of(text.strip().split("\\s+", -1)));
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                Optional.of(list.stream().map(String.class::cast).toList());
            case Object other -> Optional.empty();
        };
        return names.map(known ->
                new Rights(known.stream().flatMap(this::meaning).collect(Collectors.toCollection(TreeSet::new))));
    }

    private Stream<Scope> meaning(String name) {
        if (!meanings.isEmpty()) {
            return meanings.getOrDefault(name, Rights.NONE).scopes().stream();
        }
        try {
            return Stream.of(new Scope(name));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> text(VerifiedToken token, String claim) {
        return at(token.claims(), claim) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The claim of that name; where there is none, what the dots in the name lead to. */
    private static @Nullable Object at(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object at = claims;
        for (String part : name.split("\\.", -1)) {
            if (!(at instanceof Map<?, ?> map)) {
                return null;
            }
            at = map.get(part);
        }
        return at;
    }

    private static Map<String, Rights> meanings(OidcConfig config) {
        Map<String, Rights> meanings = new LinkedHashMap<>();
        config.scopeMapping().forEach((name, scopes) -> add(meanings, name, scopes));
        for (String one : config.scopeMappings().orElse("").split(";", -1)) {
            int end = one.lastIndexOf('=');
            if (end > 0) {
                add(meanings, one.substring(0, end).strip(), one.substring(end + 1));
            } else if (!one.isBlank()) {
                throw new IllegalStateException("access.oidc.scope-mappings: \"" + one + "\" is not name=scopes");
            }
        }
        return Map.copyOf(meanings);
    }

    private static void add(Map<String, Rights> meanings, String name, String scopes) {
        try {
            meanings.put(name, Rights.parse(scopes));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "access.oidc: what \"" + name + "\" stands for has a scope that there is not", e);
        }
    }

    private static Limits limits(OidcConfig config) {
        return new Limits(
                first(config.requestsPerMinute()),
                first(config.concurrentTasks()),
                first(config.concurrentQuestions()),
                config.tokensPerDay().map(OptionalLong::of).orElse(OptionalLong.empty()),
                config.costPerDay()
                        .map(dollars -> OptionalLong.of(dollars.multiply(MICROS)
                                .setScale(0, RoundingMode.DOWN)
                                .longValueExact()))
                        .orElse(OptionalLong.empty()));
    }

    private static OptionalInt first(Optional<Integer> limit) {
        return limit.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
