package org.mcpagentic.custommcp.admin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.tenant.TenantPage;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.TenantId;

/** What those with the scope {@code platform} can do with tenants. */
@ApplicationScoped
class TenantService {

    private final Tenants tenants;
    private final AuditLog audit;

    TenantService(Tenants tenants, AuditLog audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    Uni<Tenants.Creation> create(Principal caller, TenantRequest request) {
        refuseWhereThereAreNone(caller);
        return tenants.create(new TenantId(request.tenant()))
                .call(creation -> creation.fresh()
                        ? audit.append(KeyEvents.created(
                                caller.owner(), creation.tenant().id()))
                        : Uni.createFrom().voidItem());
    }

    Uni<TenantPage> list(Principal caller, PageParameters page) {
        refuseWhereThereAreNone(caller);
        return tenants.list(page.below(), page.limit());
    }

    private static void refuseWhereThereAreNone(Principal caller) {
        if (caller.kind() == Principal.Kind.LOCAL) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "access control is off, so there are no tenants");
        }
    }
}
