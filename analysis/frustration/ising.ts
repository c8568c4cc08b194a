/** Ising spins on small lattices: the pictures behind "frozen" and "frustrated". */
import { randomStream } from "../../models/random.ts";

/** The three models: square lattice with J = 1, square with J = −1, triangular with J = −1. */
export type IsingModel = "ferromagnet" | "antiferromagnet" | "triangularAntiferromagnet";

/** Spins on a torus of size × size sites, site (column, row) at `row * size + column`. */
export interface SpinLattice {
  /** Which couplings and which lattice. */
  readonly model: IsingModel;
  /** Sites along an edge. */
  readonly size: number;
  /** ±1. */
  readonly spins: Int8Array;
  /** H/N with H = −J Σ s s' over the bonds. */
  readonly energyPerSpin: number;
}

/** All states of least energy of a small lattice. */
export interface GroundStates {
  /** Sites along an edge. */
  readonly size: number;
  /** The least H/N. */
  readonly energyPerSpin: number;
  /** How many states have it. */
  readonly count: number;
}

const couplings: Readonly<Record<IsingModel, 1 | -1>> = {
  ferromagnet: 1,
  antiferromagnet: -1,
  triangularAntiferromagnet: -1,
};

/** Steps to the neighbours that a site has a bond to, each bond once: right, up, and on the triangular lattice up left. */
const steps: Readonly<Record<IsingModel, readonly (readonly [number, number])[]>> = {
  ferromagnet: [[1, 0], [0, 1]],
  antiferromagnet: [[1, 0], [0, 1]],
  triangularAntiferromagnet: [[1, 0], [0, 1], [-1, 1]],
};

/**
 * The bonds of a lattice, wrapped around both edges.
 *
 * @param model which lattice
 * @param size sites along an edge, at least 3 so that no bond comes twice
 * @returns sites at both ends: bond b joins entries 2b and 2b + 1
 * @throws {RangeError} if the size is not an integer of at least 3
 */
export function latticeBonds(model: IsingModel, size: number): Int32Array {
  if (!Number.isInteger(size) || size < 3) {
    throw new RangeError(`A lattice needs a whole size of at least 3, got ${size}.`);
  }
  const bonds: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (const [right, up] of steps[model]) {
        bonds.push(row * size + column, ((row + up) % size) * size + (column + right + size) % size);
      }
    }
  }
  return Int32Array.from(bonds);
}

/** Whether the bond between two spins raises the energy: unequal in a ferromagnet, equal in an antiferromagnet. */
export function isFrustrated(model: IsingModel, spin: number, neighbour: number): boolean {
  return couplings[model] * spin * neighbour < 0;
}

/** H/N = −(J/N) Σ s s' over the bonds. */
export function energyPerSpin(model: IsingModel, spins: ArrayLike<number>, bonds: Int32Array): number {
  let sum = 0;
  for (let end = 0; end < bonds.length; end += 2) sum += spins[bonds[end]] * spins[bonds[end + 1]];
  return -couplings[model] * sum / spins.length;
}

/**
 * Cools spins from random ones by Metropolis flips, the temperature falling geometrically from 3 J to 0.05 J.
 *
 * @param model which lattice
 * @param size sites along an edge
 * @param seed of starting spins and flips
 * @param sweeps flips tried a spin; default 2000, enough for a ground state at size 12
 */
export function annealSpins(model: IsingModel, size: number, seed: number, sweeps = 2000): SpinLattice {
  const bonds = latticeBonds(model, size);
  const count = size * size;
  const random = randomStream(seed, "ising", model);
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (let end = 0; end < bonds.length; end += 2) {
    neighbours[bonds[end]].push(bonds[end + 1]);
    neighbours[bonds[end + 1]].push(bonds[end]);
  }
  const spins = Int8Array.from({ length: count }, () => random.uniform() < 0.5 ? -1 : 1);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const temperature = 3 * (0.05 / 3) ** (sweep / (sweeps - 1));
    for (let attempt = 0; attempt < count; attempt++) {
      const site = random.integer(count);
      let field = 0;
      for (const neighbour of neighbours[site]) field += spins[neighbour];
      const cost = 2 * couplings[model] * spins[site] * field;
      if (cost <= 0 || random.uniform() < Math.exp(-cost / temperature)) spins[site] = -spins[site];
    }
  }
  return { model, size, spins, energyPerSpin: energyPerSpin(model, spins, bonds) };
}

/**
 * Finds every ground state by trying all 2^(size²) states.
 *
 * @param model which lattice
 * @param size sites along an edge, 3 or 4
 * @throws {RangeError} for a larger size
 */
export function groundStates(model: IsingModel, size: number): GroundStates {
  if (size > 4) throw new RangeError(`All states can be tried up to size 4, got ${size}.`);
  const bonds = latticeBonds(model, size);
  const spins = new Int8Array(size * size);
  let least = Infinity;
  let count = 0;
  for (let state = 0; state < 2 ** spins.length; state++) {
    for (let site = 0; site < spins.length; site++) spins[site] = (state >> site) & 1 ? 1 : -1;
    const energy = energyPerSpin(model, spins, bonds);
    if (energy < least) {
      least = energy;
      count = 0;
    }
    if (energy === least) count++;
  }
  return { size, energyPerSpin: least, count };
}
