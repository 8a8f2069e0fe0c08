/** What is thrown for an expression that makes no rule. Promise: the message says why, after "it". */
export class NotCarriedOver extends Error {}
