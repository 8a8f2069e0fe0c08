/** The fields of an object while it is made: to set one by one costs a third of spreading objects into each other. */
export type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };
