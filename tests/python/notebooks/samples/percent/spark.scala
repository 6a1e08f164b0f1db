// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .scala
//       format_name: percent
//       format_version: '1.3'
//       jupytext_version: 1.19.6
//   kernelspec:
//     display_name: Scala
//     language: scala
//     name: scala
// ---

// %% [markdown]
// # Scala

// %%
val n = 1 // one

// %%
println(n)
