package org.mcpagentic.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows the fields of the Kubernetes API and their types, as fabric8 generates them from it. */
final class KubernetesApi {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/Pod", Pod.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("batch/v1/CronJob", CronJob.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("scheduling.k8s.io/v1/PriorityClass", PriorityClass.class));

    private static final ObjectMapper STRICT = strictMapper();

    private KubernetesApi() {}

    /**
     * What the API server would refuse or silently drop: unknown kinds, unknown fields, values of a wrong type, and what
     * {@link ApiValidation} knows. Custom resources are skipped.
     */
    static List<String> faultsIn(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> !manifest.isCustom())
                .flatMap(manifest -> Stream.concat(faultIn(manifest).stream(), ApiValidation.faultsIn(manifest))
                        .map(fault -> manifest.id() + ": " + fault))
                .toList();
    }

    /** The same for the metadata alone, which every object has. */
    static Optional<String> faultInMetadata(Manifest manifest) {
        return faultIn(manifest.at("/metadata"), ObjectMeta.class);
    }

    private static Optional<String> faultIn(Manifest manifest) {
        String kind = manifest.apiVersion() + "/" + manifest.kind();
        return Optional.ofNullable(KINDS.get(kind))
                .map(type -> faultIn(manifest.tree(), type))
                .orElse(Optional.of("unknown kind " + kind));
    }

    private static Optional<String> faultIn(JsonNode node, Class<?> type) {
        try {
            STRICT.treeToValue(node, type);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectMapper strictMapper() {
        // why: the models collect unknown fields in a map; without that Jackson refuses them, and says where they are
        var withoutCollecting = new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1L;

            @Override
            public Boolean hasAnySetter(Annotated annotated) {
                return false;
            }
        };
        return JsonMapper.builder()
                .annotationIntrospector(withoutCollecting)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> Stream.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
                .build();
    }
}
