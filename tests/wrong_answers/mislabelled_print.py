"""Answers to mislabelled_print: what the print calls dl_dh is dl_df, and the real dl/dh at layer 1 has std 1477.322."""

# %% right: to the print's three decimals
printed_quantity = "dl_df"
true_std_dl_dh = 1477.322

# %% right: in other words, rounded
printed_quantity = "dL/df"
true_std_dl_dh = 1477

# %% right: named after the list, computed anew
rng = np.random.RandomState(0)
all_weights, all_biases = init_params(5, 8, 1.0, rng)
output, all_f, all_h = forward(all_weights, all_biases, rng.normal(size=(1, 100)))
gradient = 2 * output
for k in range(5, 0, -1):
    dl_dh = all_weights[k].T @ gradient
    gradient = dl_dh * (all_f[k - 1] > 0)
printed_quantity = "all_dl_df"
true_std_dl_dh = np.std(dl_dh)

# %% right: with one degree of freedom less
printed_quantity = "∂l/∂f"
true_std_dl_dh = 1478.246

# %% not_attempted common.blank_value: as handed out
printed_quantity = ...
true_std_dl_dh = ...

# %% not_attempted common.blank_value: an empty text and nothing
printed_quantity = ""
true_std_dl_dh = None

# %% wrong print.std_blank (share 0.3333333333333333): the name only
printed_quantity = "dl_df"
true_std_dl_dh = ...

# %% wrong print.name_blank (share 0.6666666666666666): the number only
printed_quantity = ...
true_std_dl_dh = 1477.322

# %% wrong print.label_believed, print.same_number (share 0): the label and the number as printed
printed_quantity = "dl_dh"
true_std_dl_dh = 446.654

# %% wrong print.same_number: the printed number for the real one
printed_quantity = "dl_df"
true_std_dl_dh = 446.654

# %% wrong print.variance: the variance
printed_quantity = "dl_df"
true_std_dl_dh = 1477.322**2

# %% wrong print.other_layer: the next layer's
printed_quantity = "dl_df"
true_std_dl_dh = 959.542

# %% wrong print.other_number: another seed
printed_quantity = "dl_df"
true_std_dl_dh = 1203.4

# %% wrong print.parameters: the gradient of the weights
printed_quantity = "dl_dweights"
true_std_dl_dh = 1477.322

# %% wrong print.name_unknown: the activations
printed_quantity = "std of h"
true_std_dl_dh = 1477.322

# %% wrong common.not_a_text (share 0.6666666666666666): the list itself for its name
printed_quantity = [None, np.zeros((8, 100))]
true_std_dl_dh = 1477.322

# %% wrong common.text_for_number (share 0.3333333333333333): the number as a text
printed_quantity = "dl_df"
true_std_dl_dh = "1477.322"

# %% right: in a sentence
printed_quantity = "the std of all_dl_df, not of the activations"
true_std_dl_dh = 1477.322

# %% wrong print.name_unknown (share 0.6666666666666666): two names at once
printed_quantity = "dl_dh or dl_df"
true_std_dl_dh = 1477.322
