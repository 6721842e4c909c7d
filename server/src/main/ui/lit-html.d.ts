/** The types of the library, for the type checker alone: `make check-types` brings them. */
export * from 'lit-html';
