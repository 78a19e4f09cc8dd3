// What the store keeps of what a group says itself: its votes and its reading lists.
import type { Paper } from '#core/paper.ts'
import type { Destination } from '#core/subscription.ts'

/** The group's own votes: for a paper, a person and a channel each one. */
export interface VoteStore {
  /** Gives the vote, or takes it back; answers whether it stands now. */
  toggle(channel: Destination, paper: number, person: string, now: string): Promise<boolean>
  /** How many stand; papers without any are left out. */
  counts(channel: Destination, papers: readonly number[]): Promise<Map<number, number>>
  /**
   * How many people of the group gave each paper their vote, wherever they did. Empty where several workspaces vote: none is to
   * learn what another likes.
   */
  ofGroup(): Promise<Map<number, number>>
}

export interface ReadingListStore {
  save(destination: Destination, paper: number, by: string, now: string): Promise<boolean>
  unsave(destination: Destination, paper: number): Promise<boolean>
  /** Latest first. */
  list(destination: Destination): Promise<Paper[]>
}
