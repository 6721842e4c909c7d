package io.deploytrace.store.postgres;

/**
 * A numbered step in the making of the schema.
 *
 * @param version its number, such as {@code 1}; not null
 * @param description what it makes, in a few words; not null
 * @param isApplied whether it was applied to the database, successfully
 */
public record Migration(String version, String description, boolean isApplied) {}
