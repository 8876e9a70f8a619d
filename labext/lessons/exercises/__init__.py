"""The exercises of all lessons, in the chapter's order."""

from labext.lessons.exercise import Exercise
from labext.lessons.exercises import (
    autodiff,
    chapter_exercises,
    first_graph,
    gradient_descent,
    linear_regression_live,
    logistic_regression,
    managing_graphs,
    mini_batches,
    modularity,
    name_puzzle,
    name_scopes,
    node_lifecycle,
    normal_equation,
    optimizers,
    saving,
    sharing_variables,
    tensorboard,
    under_the_hood,
)

CATALOGUE: dict[str, tuple[Exercise, ...]] = {
    "linear_regression_live": linear_regression_live.EXERCISES,
    "first_graph": first_graph.EXERCISES,
    "managing_graphs": managing_graphs.EXERCISES,
    "node_lifecycle": node_lifecycle.EXERCISES,
    "normal_equation": normal_equation.EXERCISES,
    "gradient_descent": gradient_descent.EXERCISES,
    "autodiff": autodiff.EXERCISES,
    "optimizers": optimizers.EXERCISES,
    "mini_batches": mini_batches.EXERCISES,
    "saving": saving.EXERCISES,
    "tensorboard": tensorboard.EXERCISES,
    "name_scopes": name_scopes.EXERCISES,
    "modularity": modularity.EXERCISES,
    "sharing_variables": sharing_variables.EXERCISES,
    "name_puzzle": name_puzzle.EXERCISES,
    "chapter_exercises": chapter_exercises.EXERCISES,
    "logistic_regression": logistic_regression.EXERCISES,
    "under_the_hood": under_the_hood.EXERCISES,
}
