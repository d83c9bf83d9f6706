package dev.orrery.apiserver.rules.flowcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of PriorityLevelConfiguration. */
public final class PriorityLevelRules implements Rules {

    private static final int SHARES = 30;
    private static final int QUEUES = 64;
    private static final int HAND = 8;
    private static final int QUEUE_LENGTH = 50;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        ObjectNode exempt = Defaults.existing(spec, "exempt");
        if (exempt != null) {
            Defaults.number(exempt, "nominalConcurrencyShares", 0);
            Defaults.number(exempt, "lendablePercent", 0);
        }
        ObjectNode limited = Defaults.existing(spec, "limited");
        if (limited == null) {
            return;
        }
        Defaults.number(limited, "nominalConcurrencyShares", SHARES);
        Defaults.number(limited, "lendablePercent", 0);
        ObjectNode response = Defaults.existing(limited, "limitResponse");
        ObjectNode queuing = response == null ? null : Defaults.existing(response, "queuing");
        if (queuing != null) {
            Defaults.numberUnlessZero(queuing, "queues", QUEUES);
            Defaults.numberUnlessZero(queuing, "handSize", HAND);
            Defaults.numberUnlessZero(queuing, "queueLengthLimit", QUEUE_LENGTH);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field limited = spec.get("limited");
        Field exempt = spec.get("exempt");
        switch (spec.get("type").text()) {
            case "Exempt" -> {
                if (limited.exists()) {
                    limited.forbidden("must be nil if the type is not Limited");
                }
            }
            case "Limited" -> {
                if (exempt.exists()) {
                    exempt.forbidden("must be nil if the type is Limited");
                }
                if (limited.exists()) {
                    validateLimited(limited);
                } else {
                    limited.required("must not be empty when type is Limited");
                }
            }
            default -> spec.get("type").notSupported(List.of("Exempt", "Limited"));
        }
    }

    private static void validateLimited(Field limited) {
        Field shares = limited.get("nominalConcurrencyShares");
        if (shares.number(0) < 0) {
            shares.invalid("must be a non-negative integer");
        }
        limited.get("lendablePercent").between(0, 100);
        Field response = limited.get("limitResponse");
        Field queuing = response.get("queuing");
        switch (response.get("type").text()) {
            case "Reject" -> {
                if (queuing.exists()) {
                    queuing.forbidden("must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (!queuing.exists()) {
                    queuing.required("must not be empty if limited.limitResponse.type is Limited");
                }
            }
            default -> response.get("type").notSupported(List.of("Queue", "Reject"));
        }
    }
}
