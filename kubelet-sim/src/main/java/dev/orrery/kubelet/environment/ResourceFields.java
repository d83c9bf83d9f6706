package dev.orrery.kubelet.environment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the downward API says of a container's resources, in whole multiples of a divisor, rounded
 * up: 250m of cpu by a divisor of 1 is 1, by 1m is 250.
 *
 * @param allocatable of the node, which is the limit of a container that names none
 */
public record ResourceFields(Map<String, Quantity> allocatable) {

    /**
     * @param resource {@code limits.cpu}, {@code requests.memory}, ...
     */
    public String value(Container container, String resource, @Nullable Quantity divisor) {
        int dot = resource.indexOf('.');
        String name = resource.substring(dot + 1);
        BigDecimal amount = amount(container, resource.substring(0, dot), name);
        BigDecimal unit = divisor == null ? BigDecimal.ZERO : divisor.getNumericalAmount();
        BigDecimal by = unit.signum() == 0 ? BigDecimal.ONE : unit;
        return amount.divide(by, 0, RoundingMode.CEILING).toPlainString();
    }

    public long memoryBytes() {
        Quantity memory = allocatable.get("memory");
        return memory == null ? 0 : memory.getNumericalAmount().longValue();
    }

    private BigDecimal amount(Container container, String list, String name) {
        if (container.getResources() != null) {
            Map<String, Quantity> named =
                    list.equals("limits")
                            ? container.getResources().getLimits()
                            : container.getResources().getRequests();
            Quantity own = named == null ? null : named.get(name);
            if (own != null && own.getNumericalAmount().signum() > 0) {
                return own.getNumericalAmount();
            }
        }
        Quantity whole = list.equals("limits") ? allocatable.get(name) : null;
        return whole == null ? BigDecimal.ZERO : whole.getNumericalAmount();
    }
}
