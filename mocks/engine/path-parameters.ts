/** The parts of a path that a pattern such as `/v1/keys/:number/:device` names, decoded. */
export type PathParameters<Path extends string> = Readonly<Record<NameIn<Path>, string>>

type NameIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NameIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never
