package dev.orrery.apiserver.http;

import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.discovery.AggregatedDiscovery;
import dev.orrery.apiserver.discovery.Discovery;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.request.MediaRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** {@code /api} and {@code /apis} and what lies below them, but for the resources themselves. */
final class DiscoveryDocuments {

    private final Discovery discovery;
    private final AggregatedDiscovery aggregated;

    DiscoveryDocuments(Kinds kinds, Delegates delegates, String address) {
        this.discovery = new Discovery(kinds, delegates, address);
        this.aggregated = new AggregatedDiscovery(kinds, delegates);
    }

    /** Null where there is no such document. */
    @Nullable ApiResponse get(HttpRequest request, List<String> segments) {
        boolean core = segments.getFirst().equals("api");
        if (segments.size() == 1) {
            return root(request, core);
        }
        return switch (segments.size() + (core ? 1 : 0)) {
            case 2 -> ServedDocuments.jsonOrNull(discovery.group(segments.get(1)));
            case 3 ->
                    ServedDocuments.jsonOrNull(
                            discovery.resources(
                                    core ? "" : segments.get(1), segments.get(core ? 1 : 2)));
            default -> null;
        };
    }

    private ApiResponse root(HttpRequest request, boolean core) {
        for (MediaRange range : MediaRange.parse(request.accept())) {
            Map<String, String> parameters = range.parameters();
            boolean aggregates =
                    parameters.getOrDefault("as", "").equals("APIGroupDiscoveryList")
                            && range.type().equals("application/json");
            String version = parameters.getOrDefault("v", "");
            if (aggregates && (version.equals("v2") || version.equals("v2beta1"))) {
                return aggregated(request, core, version);
            }
            if (!parameters.containsKey("as") && range.type().equals("application/json")) {
                break;
            }
        }
        return ServedDocuments.json(core ? discovery.coreVersions() : discovery.groups());
    }

    private ApiResponse aggregated(HttpRequest request, boolean core, String version) {
        byte[] body = Trees.write(aggregated.groups(core, version));
        CRC32 sum = new CRC32();
        sum.update(body);
        String tag = '"' + Long.toHexString(sum.getValue()).toUpperCase(Locale.ROOT) + '"';
        boolean known = request.ifNoneMatch().equals(tag);
        return new ApiResponse(
                known ? 304 : 200,
                "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList",
                known ? new byte[0] : body,
                0,
                List.of(),
                Map.of("ETag", tag, "Vary", "Accept"));
    }
}
