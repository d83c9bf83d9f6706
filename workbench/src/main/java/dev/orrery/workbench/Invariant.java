package dev.orrery.workbench;

import dev.orrery.machinery.log.LogRecord;
import java.util.Optional;

/** Something that holds at every record of a log. Reads all records in order from the first. */
public interface Invariant {

    /** What is wrong after this record, in words; empty if nothing is. */
    Optional<String> read(LogRecord record);
}
