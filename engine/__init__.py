"""Recommendation: arrays in, arrays out; no input or output, no clock, no logging.

The way of a request::

    items ──────► build_catalogue ──► Catalogue ──► compute_features ──► CatalogueFeatures ──► Resources ─┐
    history ────► build_interactions ──► Interactions ──► build_profile ──► TasteProfile ──► RankRequest ─┤
                                                                                                          ▼
    RankResult ◄── reasons ◄── re-ranking ◄── exact scores of the best ◄── scores ◄── hard filters ◄── pipeline

- `engine.catalogue`: `CatalogueItem`, `build_catalogue`; made once per state of the library.
- `engine.features`: `compute_features`; what every request to that catalogue shares.
- `engine.interactions`, `engine.profiling`: one person's history and feedback, and the profile made of it.
- `engine.request`: `Resources`, `RankRequest`, `Query` (a search in words), `Context` (the moment), and `Scorer`.
- `engine.pipelines`: `build_pipeline(name)` gives a `RecommendationPipeline`: call it with a request; `explain` says
  what it makes of one item, `scores` what of all.
- `engine.why_not`: what speaks against an item, with numbers; `engine.filters`: `permitted`, and every hard filter.
- `engine.rules`: what the owner of the server excludes and boosts.
- `engine.search`: titles, keywords and moods in words; `engine.evaluation`: measuring all of it.

Rows are dense and belong to one catalogue; ids are stable and decide ties, so that the order of the rows never shows.
"""
