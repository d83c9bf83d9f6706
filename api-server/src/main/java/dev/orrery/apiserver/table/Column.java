package dev.orrery.apiserver.table;

/**
 * One column of a Table.
 *
 * @param type {@code string}, {@code integer} or {@code boolean}
 * @param format {@code name} for the name column, else empty
 * @param priority 0: always printed; 1: only with {@code -o wide}
 */
public record Column(String name, String type, String format, String description, int priority) {}
