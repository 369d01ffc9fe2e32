import type { FeatureChild, GherkinDocument, Pickle, RuleChild, Step } from '@cucumber/messages'
import type { FeatureScenario } from './attempt.ts'

/** Where a node of a feature file is: the feature and the rule around it, and a step's own keyword. */
interface GherkinNode {
  readonly feature: string
  readonly rule: string | null
  readonly keyword: string
}

/** Looks up what a pickle no longer says: its feature, its rule, the keyword of each step. */
export class GherkinIndex {
  readonly #places = new Map<string, GherkinNode>()

  /** Takes in one feature file. */
  add(document: GherkinDocument): void {
    const feature = document.feature
    feature?.children.forEach((child) => {
      this.#addChild(child, { feature: feature.name, rule: null, keyword: '' })
    })
  }

  /** The keyword of the step with one of these node ids; `*` where none is known. */
  keyword(nodeIds: readonly string[]): string {
    return this.#find(nodeIds)?.keyword ?? '*'
  }

  /** The scenario that `pickle` was made from. Its line is that of the row of examples where it has one. */
  scenario(pickle: Pickle): FeatureScenario {
    const place = this.#find(pickle.astNodeIds)
    return {
      uri: pickle.uri,
      line: pickle.location?.line ?? 0,
      name: pickle.name,
      feature: place?.feature ?? pickle.uri,
      rule: place?.rule ?? null,
      tags: pickle.tags.map((tag) => tag.name.replace(/^@/, '')),
    }
  }

  #find(nodeIds: readonly string[]): GherkinNode | undefined {
    return nodeIds.map((id) => this.#places.get(id)).find((place) => place !== undefined)
  }

  #addChild(child: FeatureChild | RuleChild, place: GherkinNode): void {
    const rule = 'rule' in child ? child.rule : undefined
    rule?.children.forEach((inner) => {
      this.#addChild(inner, { ...place, rule: rule.name })
    })
    if (child.scenario !== undefined) this.#places.set(child.scenario.id, place)
    const steps: readonly Step[] = (child.scenario ?? child.background)?.steps ?? []
    steps.forEach((step) => this.#places.set(step.id, { ...place, keyword: step.keyword.trim() }))
  }
}
