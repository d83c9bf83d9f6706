package dev.orrery.apiserver.edge.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.proto.ExecEnd;

/** The Status that tells how a command ended. */
final class Outcome {

    private Outcome() {}

    static ObjectNode of(ExecEnd end) {
        if (!end.getFailure().isEmpty()) {
            return failed(end.getFailure());
        }
        ObjectNode status = Trees.object();
        status.putObject("metadata");
        if (end.getExitCode() == 0) {
            return status.put("status", "Success");
        }
        status.put("status", "Failure")
                .put(
                        "message",
                        "command terminated with non-zero exit code: exit code "
                                + end.getExitCode())
                .put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(end.getExitCode()));
        return status;
    }

    static ObjectNode failed(String why) {
        ObjectNode status = Trees.object();
        status.putObject("metadata");
        String message = "Internal error occurred: " + why;
        status.put("status", "Failure").put("message", message).put("reason", "InternalError");
        status.putObject("details").putArray("causes").addObject().put("message", why);
        return status.put("code", 500);
    }
}
