/* Formulas as they are read. */

/** A formula of variables; equal ones are one and the same. */
export interface Node { id: number; kind: string; parts: Node[]; number: number; constant: boolean }
/** What a text says, before it is known whether it is a formula or a statement. */
export type Read =
  | { kind: "number"; number: number }
  | { kind: "name"; name: string }
  | { kind: "neg" | "pos" | "not"; parts: [Read] }
  | { kind: "+" | "-" | "*" | "/" | "**" | "&" | "|"; parts: [Read, Read] }
  | { kind: "compared"; signs: string[]; parts: Read[] }
  | { kind: "and" | "or"; parts: Read[] }
  | { kind: "call"; name: string; parts: Read[] };
/** A straight piece, rise · z + at; pieces with the breaks between them. */
export interface Piece { rise: number; at: number }
export interface Straight { breaks: number[]; lines: Piece[] }
/** Numbers out of a seed. */
export interface Random {
  uniform(low: number, high: number): number;
  /** Of a normal distribution of deviation 1. */
  normal(): number;
  /** 0 … below − 1. */
  integer(below: number): number;
  shuffle(order: Uint32Array): void;
}
