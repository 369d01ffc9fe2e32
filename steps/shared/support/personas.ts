/** The names that parties go by in the features of both protocols. */
export const PERSONAS = ['Alice', 'Bob', 'Carol', 'Dave'] as const
