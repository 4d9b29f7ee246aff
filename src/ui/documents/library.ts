import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { parseDocumentEdits, parseScenarioText, type DocumentEdit, type Scenario } from '../../scenario'
import type { Outcome, Problem } from '../../sim'

/** A document of the planner's as the browser keeps it. */
export interface KeptDocument {
  readonly key: string
  /** Counts the times it was written: who writes another than the one it read has been overtaken. */
  readonly revision: number
  readonly name: Scenario['name']
  /** Edits that it has. */
  readonly changes: number
  /** ms since 1970. */
  readonly savedAt: number
  /** Second of the simulated day that its run had reached; null = it had not begun. */
  readonly time: number | null
  /** The scenario as JSON, so that one that cannot be read can still be saved as a file. */
  readonly text: string
}

export interface History { readonly undoStack: readonly DocumentEdit[]; readonly redoStack: readonly DocumentEdit[] }

/** A document that was opened, with its undo history. */
export interface OpenedDocument extends History { readonly kept: KeptDocument; readonly scenario: Scenario; /** The history could not be read and is empty. */ readonly historyLost: boolean }

type Stack = 'undo' | 'redo'
/** One entry of an undo or redo stack: each has a row of its own, so that a change writes itself and not its past. */
interface Step { readonly key: string; readonly stack: Stack; readonly index: number; readonly edit: DocumentEdit }
interface Tables extends DBSchema {
  documents: { key: string; value: KeptDocument }
  steps: { key: [string, Stack, number]; value: Step }
}

const NAME = 'pengcheng'
const VERSION = 1
/** Tells the other tabs that the library has changed. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pengcheng.library')
const watchers = new Set<() => void>()
if (channel) channel.onmessage = () => { for (const watcher of watchers) watcher() }

let database: Promise<IDBPDatabase<Tables>> | null = null
function open(): Promise<IDBPDatabase<Tables>> {
  database ??= openDB<Tables>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('documents', { keyPath: 'key' })
      db.createObjectStore('steps', { keyPath: ['key', 'stack', 'index'] })
    },
    // A newer page in another tab needs a newer library: this one lets go, and opens it again when it next writes.
    blocking() { void database?.then(db => db.close()); database = null },
    terminated() { database = null },
  }).catch((error: unknown) => { database = null; throw error })
  return database
}

const rangeOf = (key: string, stack?: Stack): IDBKeyRange =>
  stack ? IDBKeyRange.bound([key, stack, 0], [key, stack, Infinity]) : IDBKeyRange.bound([key], [key, []])

function told(): void {
  channel?.postMessage('changed')
  for (const watcher of watchers) watcher()
}

/** Calls `act` whenever this tab or another changes the library, until the answer is called. */
export function watchLibrary(act: () => void): () => void {
  watchers.add(act)
  return () => void watchers.delete(act)
}

/** All documents, the one written last first. */
export async function listDocuments(): Promise<KeptDocument[]> {
  return (await (await open()).getAll('documents')).sort((a, b) => b.savedAt - a.savedAt)
}

/** What is wrong with a kept document; null = it can be opened. */
export function problemOf({ text, name }: KeptDocument): Problem | null {
  const parsed = parseScenarioText(text, name.en)
  return parsed.ok ? null : parsed.problems[0]!
}

/** Reads a document with its history; null = there is none of this key. */
export async function readDocument(key: string): Promise<Outcome<OpenedDocument> | null> {
  const transaction = (await open()).transaction(['documents', 'steps'])
  const [kept, undo, redo] = await Promise.all([
    transaction.objectStore('documents').get(key),
    transaction.objectStore('steps').getAll(rangeOf(key, 'undo')),
    transaction.objectStore('steps').getAll(rangeOf(key, 'redo')),
  ])
  if (!kept) return null
  const parsed = parseScenarioText(kept.text, kept.name.en)
  if (!parsed.ok) return parsed
  const [undoStack, redoStack] = [undo, redo].map(steps => parseDocumentEdits(steps.map(({ edit }) => edit)))
  const whole = undoStack!.ok && redoStack!.ok
  return { ok: true, value: { kept, scenario: parsed.value, undoStack: whole ? undoStack!.value : [], redoStack: whole ? redoStack!.value : [], historyLost: !whole } }
}

/** What is written of a document. */
export interface Content extends History { readonly scenario: Scenario; readonly time: number | null }

/**
 * Writes a document, and of its history what is new since `last`. Both or neither: a tab that is closed in the middle
 * leaves the one before.
 *
 * @param last  the document and history as they were read or written last; null = a new one
 * @returns what was written; null = another tab has written it meanwhile, and nothing was done
 */
export async function writeDocument(key: string, { scenario, time, undoStack, redoStack }: Content, last: { readonly revision: number; readonly history: History } | null): Promise<KeptDocument | null> {
  const transaction = (await open()).transaction(['documents', 'steps'], 'readwrite', { durability: 'strict' })
  const documents = transaction.objectStore('documents'), steps = transaction.objectStore('steps')
  const there = await documents.get(key)
  if (there && there.revision !== last?.revision) { transaction.abort(); await transaction.done.catch(() => undefined); return null }
  const kept: KeptDocument = { key, revision: (last?.revision ?? 0) + 1, name: scenario.name, changes: scenario.edits.length, savedAt: Date.now(), time, text: JSON.stringify(scenario) }
  const stacks = [['undo', undoStack, last?.history.undoStack ?? []], ['redo', redoStack, last?.history.redoStack ?? []]] as const
  for (const [stack, now, before] of stacks) {
    // Of a document that went meanwhile, all is written anew.
    const same = there ? commonStart(now, before) : 0
    if (before.length > same) void steps.delete(IDBKeyRange.bound([key, stack, same], [key, stack, Infinity]))
    for (let index = same; index < now.length; index++) void steps.put({ key, stack, index, edit: now[index]! })
  }
  void documents.put(kept)
  await transaction.done
  told()
  return kept
}

/** Length of what two stacks begin with alike: the very same entries, since a stack only grows and shrinks at its end. */
function commonStart(a: readonly unknown[], b: readonly unknown[]): number {
  let same = Math.min(a.length, b.length)
  // Whatever lies below an entry that is the same is the same.
  while (same > 0 && a[same - 1] !== b[same - 1]) same--
  return same
}

/** Removes a document, and answers what puts it back as it was. */
export async function removeDocument(key: string): Promise<() => Promise<void>> {
  const transaction = (await open()).transaction(['documents', 'steps'], 'readwrite')
  const documents = transaction.objectStore('documents'), steps = transaction.objectStore('steps')
  const [kept, history] = await Promise.all([documents.get(key), steps.getAll(rangeOf(key))])
  await Promise.all([documents.delete(key), steps.delete(rangeOf(key))])
  await transaction.done
  told()
  return async () => {
    const back = (await open()).transaction(['documents', 'steps'], 'readwrite')
    if (kept) void back.objectStore('documents').put(kept)
    for (const step of history) void back.objectStore('steps').put(step)
    await back.done
    told()
  }
}
