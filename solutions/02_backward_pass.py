# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] tags=["en"]
# # Lab 2: the backward pass
#
# In Lab 1 the signal reached the end of fifty layers.
# Learning also needs the way back: the derivative of the loss with respect to every weight, the first layer's included.
# Derivatives explode and vanish just as activations do, and in this lab you stop them.
#
# **You need** Lab 1, the chain rule, and section 7.4 of [Understanding Deep Learning](https://udlbook.github.io/udlbook/) (Prince, 2023), *the book*, for backpropagation.
# As before, *the original* is the annotated copy of the book's [Notebook 7.3](https://github.com/udlbook/udlbook/blob/main/Notebooks/Chap07/7_3_Initialization.ipynb) that the lab grew from.
#
# **Time:** 48 minutes, of which 35 are for the four exercises and 13 for reading.
#
# **How it works:** as in Lab 1.
# Put your answers where you see `...` or `# YOUR CODE HERE`; the cell below each exercise says what it saw; an open exercise stops nothing.
# `checks.hint("backward_pass")` gives a first hint, `checks.hint("backward_pass", 2)` a plainer one.

# %% [markdown] tags=["ko"]
# # 실습 2: 역전파
#
# 실습 1에서는 신호가 50개 층을 지나 끝까지 도달했습니다.
# 학습에는 돌아오는 길도 필요합니다.
# 첫 번째 층을 포함한 모든 가중치에 대한 손실(loss)의 미분값(derivative)이 있어야 합니다.
# 미분값도 활성값(activation)처럼 폭발하거나 소실됩니다.
# 이 실습에서는 그것을 막습니다.
#
# **미리 알아 둘 것**은 실습 1과 연쇄 법칙(chain rule), 그리고 역전파(backward pass)를 다루는 '교재' [Understanding Deep Learning](https://udlbook.github.io/udlbook/)(Prince, 2023) 7.4절입니다.
# 실습 1과 마찬가지로 '원본'은 교재의 [Notebook 7.3](https://github.com/udlbook/udlbook/blob/main/Notebooks/Chap07/7_3_Initialization.ipynb)에 주석을 단 노트북으로, 이 실습의 출발점입니다.
#
# **시간:** 48분. 문제 네 개에 35분, 읽기에 13분입니다.
#
# **진행 방법:** 실습 1과 같습니다.
# `...`이나 `# YOUR CODE HERE`가 보이면 그 자리에 답을 쓰세요.
# 각 문제 아래의 셀이 답을 검사하고 그 결과를 설명해 주며, 문제를 비워 두어도 실습은 멈추지 않습니다.
# `checks.hint("backward_pass")`로 첫 번째 힌트를, `checks.hint("backward_pass", 2)`로 더 분명한 힌트를 볼 수 있습니다.

# %%
import numpy as np

from initlab import checks, plots, propagation, tables, widgets
from initlab.network import forward, init_params  # the functions of Lab 1

# %% [markdown] tags=["en"]
# ## 1. The loss and its derivative
#
# With $n$ examples, one per column, and targets $y_i$, the least squares loss is a sum over the examples:
#
# $$L = \sum_{i=1}^{n} (f_{K,i} - y_i)^2, \qquad \frac{\partial L}{\partial f_{K,i}} = 2 \, (f_{K,i} - y_i).$$

# %% [markdown] tags=["ko"]
# ## 1. 손실과 그 미분
#
# 데이터 $n$개를 열마다 하나씩 두고 목표값(target)을 $y_i$라고 하면, 최소제곱 손실(least squares loss)은 데이터에 대한 합입니다.
#
# $$L = \sum_{i=1}^{n} (f_{K,i} - y_i)^2, \qquad \frac{\partial L}{\partial f_{K,i}} = 2 \, (f_{K,i} - y_i).$$

# %%
def least_squares_loss(net_output, y):
    return np.sum((net_output - y) ** 2)


def d_loss_d_output(net_output, y):
    return 2 * (net_output - y)

# %% [markdown] tags=["en"]
# A derivative can always be tested: nudge one number a little and see how the loss moves.

# %% [markdown] tags=["ko"]
# 미분값은 언제든지 확인할 수 있습니다.
# 숫자 하나를 조금 건드리고 손실이 얼마나 움직이는지 보면 됩니다.

# %%
output, target = np.array([[1.5, -0.5]]), np.array([[1.0, 0.0]])
nudge = np.array([[1e-6, 0.0]])  # the first of the two outputs
more = least_squares_loss(output + nudge, target)
less = least_squares_loss(output - nudge, target)
print("by nudging:     %.6f" % ((more - less) / 2e-6))
print("by the formula: %.6f" % d_loss_d_output(output, target)[0, 0])

# %% [markdown] tags=["en"]
# One trap: a column of targets against a row of outputs raises no error.
# numpy subtracts every target from every output, and the loss is the sum of all of it.

# %% [markdown] tags=["ko"]
# 함정이 하나 있습니다.
# 출력은 행인데 목표값이 열이어도 오류가 나지 않습니다.
# numpy가 모든 출력에서 모든 목표값을 빼고, 손실은 그 전체의 합이 되어 버립니다.

# %%
row, column = np.zeros((1, 100)), np.zeros((100, 1))
print("right:         ", d_loss_d_output(row, row).shape)
print("silently wrong:", d_loss_d_output(row, column).shape)

# %% [markdown] tags=["en"]
# ## 2. The way back
#
# For one example, the chain rule carries the derivative from the output towards the input, in two kinds of steps,
#
# $$\frac{\partial L}{\partial \mathbf{h}_k} = \boldsymbol{\Omega}_k^T \frac{\partial L}{\partial \mathbf{f}_k}, \qquad \frac{\partial L}{\partial \mathbf{f}_{k-1}} = \mathbb{I}[\mathbf{f}_{k-1} > 0] \odot \frac{\partial L}{\partial \mathbf{h}_k},$$
#
# and on the way it leaves the derivatives that learning needs:
#
# $$\frac{\partial L}{\partial \boldsymbol{\Omega}_k} = \frac{\partial L}{\partial \mathbf{f}_k} \mathbf{h}_k^T, \qquad \frac{\partial L}{\partial \boldsymbol{\beta}_k} = \frac{\partial L}{\partial \mathbf{f}_k}.$$
#
# $\mathbb{I}[\mathbf{f} > 0]$ is 1 where a unit was active and 0 elsewhere.
# At $f = 0$ exactly, where ReLU has a corner, we take 0, as PyTorch and TensorFlow do; the original takes 1.

# %% [markdown] tags=["ko"]
# ## 2. 돌아오는 길
#
# 데이터가 하나일 때 연쇄 법칙은 다음 두 가지 단계를 되풀이하며 미분값을 출력에서 입력 쪽으로 전달합니다.
#
# $$\frac{\partial L}{\partial \mathbf{h}_k} = \boldsymbol{\Omega}_k^T \frac{\partial L}{\partial \mathbf{f}_k}, \qquad \frac{\partial L}{\partial \mathbf{f}_{k-1}} = \mathbb{I}[\mathbf{f}_{k-1} > 0] \odot \frac{\partial L}{\partial \mathbf{h}_k},$$
#
# 그 과정에서 학습에 필요한 미분값도 나옵니다.
#
# $$\frac{\partial L}{\partial \boldsymbol{\Omega}_k} = \frac{\partial L}{\partial \mathbf{f}_k} \mathbf{h}_k^T, \qquad \frac{\partial L}{\partial \boldsymbol{\beta}_k} = \frac{\partial L}{\partial \mathbf{f}_k}.$$
#
# $\mathbb{I}[\mathbf{f} > 0]$는 유닛이 켜진 곳에서 1, 나머지에서 0입니다.
# ReLU가 꺾이는 점, 곧 정확히 $f = 0$인 곳에서는 PyTorch나 TensorFlow처럼 0으로 정합니다.
# 원본은 1로 정합니다.

# %% [markdown] tags=["en"]
# Now for $n$ examples.
# The loss is a sum over them, so the derivatives for weights and biases are sums too, and the original runs a loop over the examples.
# No loop is needed: a matrix product over the columns adds up by itself.

# %% [markdown] tags=["ko"]
# 이제 데이터가 $n$개일 때를 봅니다.
# 손실이 데이터에 대한 합이므로 가중치와 편향에 대한 미분값도 합이며, 원본은 데이터를 하나씩 처리하는 반복문을 씁니다.
# 그러나 반복문은 필요 없습니다.
# 행렬 곱이 열에 대한 합까지 저절로 계산합니다.

# %%
rng = np.random.default_rng(0)
left, right = rng.normal(size=(3, 5)), rng.normal(size=(2, 5))  # 5 columns, 5 examples
one_by_one = sum(np.outer(left[:, i], right[:, i]) for i in range(5))
print("largest difference: %.1e" % np.max(np.abs(left @ right.T - one_by_one)))

# %% [markdown] tags=["en"]
# For the biases there is no second factor, so there nothing adds up by itself.

# %% [markdown] tags=["ko"]
# 편향에는 곱할 두 번째 인수(factor)가 없으므로 저절로 더해지지 않습니다.

# %% [markdown] tags=["en"]
# ### Exercise 1: `backward_pass`
#
# **Difficulty** ●●● (3 of 3) · **Time** 15 min · **Points** 5 · **You learn** to carry derivatives through a network, for all examples at once
#
# Write `backward_pass(all_weights, all_biases, all_f, all_h, y)`, without a loop over the examples.
#
# - Start from `d_loss_d_output` and go from the last layer to the first.
# - Use nothing but the arguments: the original reads the number of layers from outside, and with another network in memory it gives wrong numbers without a word.
# - Leave the arguments as they are.

# %% [markdown] tags=["ko"]
# ### 문제 1: `backward_pass`
#
# **난이도** ●●● (3단계 중 3) · **시간** 15분 · **배점** 5 · **배우는 것** 모든 데이터의 미분값을 한꺼번에 신경망의 뒤에서 앞으로 전달하는 법
#
# 데이터에 대한 반복문 없이 `backward_pass(all_weights, all_biases, all_f, all_h, y)`를 작성하세요.
#
# - `d_loss_d_output`에서 시작하여 마지막 층에서 첫 번째 층으로 갑니다.
# - 인자만 사용하세요.
#   원본은 층의 수를 함수 밖에서 읽으므로, 메모리에 다른 신경망이 있으면 아무 경고 없이 틀린 값을 냅니다.
# - 인자로 받은 배열은 바꾸지 마세요.

# %% nbgrader={"grade": false, "grade_id": "backward_pass", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    """Return the derivatives of the least squares loss, for all n columns at once.

    all_weights[k]: (D_out, D_in), all_biases[k]: (D_out, 1), for k = 0 ... K
    all_f[k]: (D_out, n), all_h[k]: (D_in, n), y: the shape of the output all_f[K]
    Return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df: lists of K + 1 arrays,
    each with the shape of what it is the derivative of; all_dl_dh[0] is for the input.
    """
    ### BEGIN SOLUTION
    count = len(all_weights)
    d_weights, d_biases, d_h, d_f = ([None] * count for _ in range(4))
    d_f[-1] = d_loss_d_output(all_f[-1], y)
    for k in reversed(range(count)):
        d_weights[k] = d_f[k] @ all_h[k].T
        d_biases[k] = d_f[k].sum(axis=1, keepdims=True)
        d_h[k] = all_weights[k].T @ d_f[k]
        if k > 0:
            d_f[k - 1] = d_h[k] * (all_f[k - 1] > 0)
    return d_weights, d_biases, d_h, d_f
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_backward_pass", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
checks.backward_pass(backward_pass)

# %% [markdown] tags=["en"]
# The original's experiment: 5 layers of 8 units, $\sigma^2_\Omega = 1$, 100 inputs, and all targets 0.
# It takes a hundred passes, your function one; the digits are the same: 446.654, 340.657, 109.132, 56.472.
#
# The table also keeps the original's words, and one of them is wrong.
# Exercise 4 asks which.

# %% [markdown] tags=["ko"]
# 원본의 실험입니다.
# 유닛 8개짜리 층이 5개, $\sigma^2_\Omega = 1$, 입력 100개이고, 목표값은 모두 0입니다.
# 원본은 백 번 반복하고 여러분의 함수는 한 번에 계산하지만 숫자는 같습니다.
# 446.654, 340.657, 109.132, 56.472입니다.
#
# 표에는 원본의 문구도 그대로 두었는데, 그 가운데 하나가 틀렸습니다.
# 무엇이 틀렸는지는 문제 4에서 묻습니다.

# %% tags=["nbval-check-output"]
rng = np.random.RandomState(0)
all_weights, all_biases = init_params(5, 8, 1.0, rng)
data_in = rng.normal(size=(1, 100))
net_output, all_f, all_h = forward(all_weights, all_biases, data_in)
y = np.zeros_like(net_output)

result = tables.attempt(backward_pass, all_weights, all_biases, all_f, all_h, y)
print(tables.original_print(result))

# %% [markdown] tags=["en"]
# ## 3. Fifty layers, backwards
#
# From layer 4 to layer 1 the numbers grow about eightfold, towards the input.
# Now 50 layers of 80 units, with every variance 1: by how much will the derivatives grow from layer 49 to layer 1?
# You met the factor per layer in Lab 1.

# %% [markdown] tags=["ko"]
# ## 3. 50개 층을 거꾸로
#
# 4층에서 1층으로, 곧 입력 쪽으로 갈수록 값이 여덟 배쯤 커집니다.
# 이제 유닛 80개짜리 층이 50개이고 분산은 모두 1입니다.
# 49층에서 1층까지 미분값은 몇 배로 커질까요?
# 층마다의 배율은 실습 1에서 이미 보았습니다.

# %%
widgets.predict_then_reveal(1.0, pass_="backward")

# %% [markdown] tags=["en"]
# It explodes twice over: the derivative starts at an output that has exploded already, and grows once more on its way back.
# The cell below brackets the right variance: put values between the two until layer 1 is about as strong as layer 49.

# %% [markdown] tags=["ko"]
# 폭발은 두 번 일어납니다.
# 미분값은 이미 폭발한 출력에서 출발하여 돌아오는 길에 한 번 더 커집니다.
# 아래 셀의 두 값 사이에 이번에도 답이 있습니다.
# 1층의 미분값이 49층과 비슷해질 때까지 그 사이의 값을 넣어 보세요.

# %%
candidates = [0.0001, 1.0]  # put more values between these two

for candidate in candidates:
    rng = np.random.RandomState(0)
    network = init_params(50, 80, candidate, rng)
    print("variance %.5f" % candidate)
    print(tables.derivatives(network, rng.normal(size=(1, 100)), layers=(49, 1)))

# %% [markdown] tags=["en"]
# In the explorer both passes answer to one slider.
# Watch the panel of the gradients, whose layers run backwards like the derivatives.
# Does the variance that calms one pass calm the other?
# When you have an answer, let the explorer mark He's value of Lab 1.

# %% [markdown] tags=["ko"]
# 아래에서는 슬라이더 하나에 두 방향이 함께 반응합니다.
# 기울기(gradient) 그림을 보세요.
# 미분값이 흐르는 방향대로 층의 번호가 거꾸로 놓여 있습니다.
# 한쪽을 안정시키는 분산이 다른 쪽도 안정시키나요?
# 답을 정했으면 실습 1의 He 값을 표시해 보세요.

# %%
widgets.sigma_explorer(he=False)

# %% [markdown] tags=["en"]
# ### Exercise 2: `sigma_sq_backward`
#
# **Difficulty** ●○○ (1 of 3) · **Time** 6 min · **Points** 2 · **You learn** that the way back has a narrow path of its own
#
# Which variance keeps the derivatives from exploding and from vanishing?
# Give the value that your experiment led to.

# %% [markdown] tags=["ko"]
# ### 문제 2: `sigma_sq_backward`
#
# **난이도** ●○○ (3단계 중 1) · **시간** 6분 · **배점** 2 · **배우는 것** 돌아오는 길에도 소실과 폭발 사이의 통로가 좁다는 것
#
# 어떤 분산에서 미분값이 폭발하지도 소실되지도 않나요?
# 실험으로 찾은 값을 쓰세요.

# %% nbgrader={"grade": false, "grade_id": "sigma_sq_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
sigma_sq_backward = ...  # a number
### BEGIN SOLUTION
sigma_sq_backward = 0.0253  # on this draw layer 1 is then as strong as layer 49, to 3 %
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_sigma_sq_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.sigma_sq_backward(sigma_sq_backward)

# %% [markdown] tags=["en"]
# ## 4. Fan-out
#
# Two things happen to a derivative in each layer.
# The first: half of the units were off, and their derivatives become 0.
# Does that halve the standard deviation?

# %% [markdown] tags=["ko"]
# ## 4. fan-out
#
# 미분값은 층마다 두 가지 일을 겪습니다.
# 첫째, 유닛의 절반은 꺼져 있었으므로 그 미분값이 0이 됩니다.
# 그러면 표준편차가 절반이 될까요?

# %%
rng = np.random.default_rng(0)
before, f = rng.normal(size=1_000_000), rng.normal(size=1_000_000)
after = before * (f > 0)
print("mean square: %.3f -> %.3f" % (np.mean(before**2), np.mean(after**2)))
print("std:         %.3f -> %.3f" % (np.std(before), np.std(after)))

# %% [markdown] tags=["en"]
# It halves the mean square, as in the forward pass, and divides the standard deviation by $\sqrt{2}$.
#
# The second: $\boldsymbol{\Omega}_k^T$ adds up.
# What is the number of terms now?
# The experiment of Lab 1, with 10 units that feed 1000, in the other direction:

# %% [markdown] tags=["ko"]
# 순전파에서처럼 절반이 되는 것은 제곱의 평균이고, 표준편차는 $\sqrt{2}$로 나뉩니다.
#
# 둘째, $\boldsymbol{\Omega}_k^T$가 항을 더합니다.
# 이번에는 항이 몇 개일까요?
# 유닛 10개를 1000개에 연결했던 실습 1의 실험을 반대 방향으로 해 봅니다.

# %%
rng = np.random.default_rng(0)
dl_df = rng.normal(size=(1000, 500))
for divisor in (10, 1000):
    weights = rng.normal(size=(1000, 10)) * np.sqrt(1 / divisor)
    dl_dh = weights.T @ dl_df
    print("variance 1/%-4d: mean square of dl/dh %.3f" % (divisor, np.mean(dl_dh**2)))

# %% [markdown] tags=["en"]
# Each derivative collects one term from every unit that its unit feeds, so the number of terms is the number of *rows* of the weight matrix: the fan-out.
#
# Between two hidden layers of the same width fan-in and fan-out agree, and one variance serves both directions.
# Where widths differ one has to choose.
# The book's compromise puts the mean of the two into the formula, $4 / (D_h + D_{h'})$ for widths $D_h$ and $D_{h'}$; [He et al., 2015](https://arxiv.org/abs/1502.01852) find either one sufficient, because over all layers the two differ only by a constant factor.

# %% [markdown] tags=["ko"]
# 각 미분값은 자기 유닛이 이어진 다음 층의 모든 유닛에서 항을 하나씩 받습니다.
# 그러므로 항의 수는 가중치 행렬의 **행**의 수, 곧 fan-out입니다.
#
# 너비가 같은 두 은닉층 사이에서는 fan-in과 fan-out이 같으므로 분산 하나로 두 방향이 다 해결됩니다.
# 너비가 다르면 하나를 골라야 합니다.
# 교재는 절충안으로 둘의 평균을 식에 넣어, 너비가 $D_h$와 $D_{h'}$일 때 $4 / (D_h + D_{h'})$를 씁니다.
# [He et al., 2015](https://arxiv.org/abs/1502.01852)은 모든 층에 걸쳐 보아도 둘이 상수배만큼만 다르므로 어느 쪽을 써도 충분하다고 보았습니다.

# %% [markdown] tags=["en"]
# ### Exercise 3: `re_init_params`
#
# **Difficulty** ●●○ (2 of 3) · **Time** 8 min · **Points** 4 · **You learn** to tell fan-out from fan-in where it shows: in the first and in the last layer
#
# Write `re_init_params(K, D, rng)`: as your `he_init_params` of Lab 1, but with the variance that keeps the derivatives level in every layer.
# Which of the matrices change?

# %% [markdown] tags=["ko"]
# ### 문제 3: `re_init_params`
#
# **난이도** ●●○ (3단계 중 2) · **시간** 8분 · **배점** 4 · **배우는 것** 차이가 드러나는 첫 층과 마지막 층에서 fan-out과 fan-in을 구별하는 법
#
# `re_init_params(K, D, rng)`를 작성하세요.
# 실습 1의 `he_init_params`와 같지만, 모든 층에서 미분값의 세기를 유지하는 분산을 씁니다.
# 어느 행렬이 달라지나요?

# %% nbgrader={"grade": false, "grade_id": "re_init_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def re_init_params(K, D, rng):
    """Draw a network of K hidden layers of D units, 1 input, 1 output: level derivatives.

    Return all_weights and all_biases, two lists of K + 1 arrays:
    all_weights[0]: (D, 1), all_weights[K]: (1, D), all others: (D, D),
    all_biases[k]: (rows of all_weights[k], 1), all zero.
    rng: a numpy random generator; draw with rng.normal(size=...).
    """
    ### BEGIN SOLUTION
    def level(fan_out, fan_in):
        return rng.normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_out)

    first, last = level(D, 1), level(1, D)
    layers = [first] + [level(D, D) for _ in range(K - 1)] + [last]
    return layers, [np.zeros((layer.shape[0], 1)) for layer in layers]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_re_init_params", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
checks.re_init_params(re_init_params)

# %% [markdown] tags=["en"]
# Your network, drawn with `RandomState(0)`, and then 100 inputs.
# The original, which draws first, last, hidden, prints 2.439 for layer 1, 2.572 for layer 2 and 2.935 for layer 3.
# In another order all numbers may be many times larger or smaller and still be right: what counts is how they change from layer to layer.

# %% [markdown] tags=["ko"]
# 여러분의 신경망을 `RandomState(0)`으로 뽑고, 이어서 입력 100개를 뽑습니다.
# 첫 층, 마지막 층, 은닉층의 순서로 뽑는 원본에서는 1층이 2.439, 2층이 2.572, 3층이 2.935입니다.
# 다른 순서로 뽑으면 모든 값이 몇 배, 몇십 배 크거나 작아질 수 있지만 그래도 맞습니다.
# 중요한 것은 층에서 층으로 가면서 값이 어떻게 바뀌는가입니다.

# %% tags=["nbval-check-output"]
rng = np.random.RandomState(0)
drawn = tables.attempt(re_init_params, 50, 80, rng)
print(tables.derivatives(drawn, rng.normal(size=(1, 100))))

# %% [markdown] tags=["en"]
# In the picture, look at the slope and not at the height.
# All layers carry the same factor $2 f_K$ from the output, a random number that lifts or lowers the curve as a whole; hence the wide band.

# %% [markdown] tags=["ko"]
# 그림에서는 높이가 아니라 기울어진 정도를 보세요.
# 모든 층에 출력에서 온 같은 인수 $2 f_K$가 들어 있습니다.
# 이 무작위 수가 곡선 전체를 올리거나 내리므로 띠가 넓습니다.

# %%
plots.init_by_layer(re_init_params, pass_="backward")

# %% [markdown] tags=["en"]
# ## 5. The wrong word
#
# Back to the small network of section 2 and to the table that says `dl_dh`.
# Each layer has two derivatives, $\partial L / \partial \mathbf{f}_k$ and $\partial L / \partial \mathbf{h}_k$, easily taken for each other.
# Nudging tells them apart.
# Below, the activation of unit 0 in layer 1 is nudged for example 0, and the rest of the network, from there upwards, runs again.

# %% [markdown] tags=["ko"]
# ## 5. 잘못 붙은 이름
#
# 2절의 작은 신경망과 `dl_dh`라고 적힌 표로 돌아갑니다.
# 층마다 미분값이 둘 있습니다.
# $\partial L / \partial \mathbf{f}_k$와 $\partial L / \partial \mathbf{h}_k$는 서로 혼동하기 쉽습니다.
# 조금 건드려 보면 구별할 수 있습니다.
# 아래에서는 0번 데이터에 대해 1층 0번 유닛의 활성값을 건드리고, 그 위의 나머지 신경망을 다시 돌립니다.

# %%
rng = np.random.RandomState(0)
all_weights, all_biases = init_params(5, 8, 1.0, rng)
data_in = rng.normal(size=(1, 100))
net_output, all_f, all_h = forward(all_weights, all_biases, data_in)
y = np.zeros_like(net_output)
# From a backward pass that is right, whatever became of yours; for the target 0 alone.
result = propagation.derivatives(all_weights, all_biases, data_in)


def loss_from_layer_1(h_1):
    return least_squares_loss(forward(all_weights[1:], all_biases[1:], h_1)[0], y)


nudge = np.zeros_like(all_h[1])
nudge[0, 0] = 1e-4
more, less = loss_from_layer_1(all_h[1] + nudge), loss_from_layer_1(all_h[1] - nudge)
print("dl/dh of unit 0 in layer 1, example 0: %.3f" % ((more - less) / 2e-4))

# %% [markdown] tags=["en"]
# ### Exercise 4: `mislabelled_print`
#
# **Difficulty** ●●○ (2 of 3) · **Time** 6 min · **Points** 3 · **You learn** to trust a number only when you know of what it is the number
#
# `result` holds the four lists for this network, from a backward pass that is right, in the order in which yours returns them.
#
# - In which of its lists is the number above the entry `[1][0, 0]`?
# - The table begins with 446.654.
#   Of which list is that the standard deviation?
# - What should the table have printed for layer 1, if its words were right?

# %% [markdown] tags=["ko"]
# ### 문제 4: `mislabelled_print`
#
# **난이도** ●●○ (3단계 중 2) · **시간** 6분 · **배점** 3 · **배우는 것** 무엇의 값인지 알고 나서야 숫자를 믿는 습관
#
# `result`에는 이 신경망에 대해 올바른 역전파가 돌려준 네 리스트가, 여러분의 함수와 같은 순서로 들어 있습니다.
#
# - 위의 숫자는 어느 리스트의 `[1][0, 0]` 항목인가요?
# - 표는 446.654로 시작합니다.
#   이것은 어느 리스트의 표준편차인가요?
# - 문구가 맞는다면 표는 1층에 어떤 값을 출력했어야 하나요?

# %% nbgrader={"grade": false, "grade_id": "mislabelled_print", "locked": false, "schema_version": 3, "solution": true, "task": false}
printed_quantity = ...  # "dl_dweights", "dl_dbiases", "dl_dh" or "dl_df"
true_std_dl_dh = ...  # a number, to three decimals
### BEGIN SOLUTION
printed_quantity = "dl_df"
true_std_dl_dh = float(np.std(result[2][1]))  # 1477.322
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_mislabelled_print", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
checks.mislabelled_print(printed_quantity, true_std_dl_dh)

# %% [markdown] tags=["en"]
# ## What you take away
#
# - Derivatives meet the same two forces as activations: half of the units are off, and sums make them grow; only here the sums run over the fan-out.
# - Equal widths make one variance right for both passes.
#   Where widths differ, fan-in and fan-out are a choice, and both are sound.
# - A sum over examples hides in a matrix product; for the biases it has to be written out.
# - A function that reads a global, and a label that names the wrong quantity, give plausible numbers.
#   A nudge tests both.
#
# Next: [Understanding Deep Learning](https://udlbook.github.io/udlbook/), section 7.5.2 on the backward pass, and [Hanin and Rolnick, 2018](https://arxiv.org/abs/1803.01719) on how much single networks differ.

# %% [markdown] tags=["ko"]
# ## 정리
#
# - 미분값에도 활성값과 같은 두 가지 힘이 작용합니다.
#   유닛의 절반은 꺼져 있고 합은 값을 키웁니다.
#   다만 여기서는 fan-out만큼의 항을 더합니다.
# - 너비가 같으면 분산 하나가 두 방향에 다 맞습니다.
#   너비가 다르면 fan-in과 fan-out 가운데 하나를 고르며, 어느 쪽이든 괜찮습니다.
# - 데이터에 대한 합은 행렬 곱 안에 숨어 있지만, 편향에서는 직접 더해야 합니다.
# - 전역 변수를 읽는 함수와 잘못 붙은 이름표는 그럴듯한 숫자를 내놓습니다.
#   조금 건드려 보면 둘 다 드러납니다.
#
# 다음에는 역전파를 다룬 [Understanding Deep Learning](https://udlbook.github.io/udlbook/) 7.5.2절과, 신경망마다 얼마나 다른지를 다룬 [Hanin and Rolnick, 2018](https://arxiv.org/abs/1803.01719)을 보세요.
