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
# # Lab 1: the forward pass
#
# Before the first training step, nothing but random weights decides whether a signal gets through a deep network.
# In this lab a network of fifty layers blows its signal up beyond $10^{38}$, and you find the one number that stops it: by trying, then by deriving it, then in code.
#
# **You need** matrix products, variances and standard deviations, and a little numpy.
# The theory is section 7.5 of [Understanding Deep Learning](https://udlbook.github.io/udlbook/) (Prince, 2023), called *the book* below.
# The lab grew from an annotated copy of the book's [Notebook 7.3](https://github.com/udlbook/udlbook/blob/main/Notebooks/Chap07/7_3_Initialization.ipynb), *the original* below, and keeps its names and its numbers.
#
# **Time:** 47 minutes, of which 30 are for the five exercises and 17 for reading.
#
# **How it works**
#
# - Run the cells from top to bottom.
# - Where you see `...` or `# YOUR CODE HERE`, put your answer in its place.
#   A cell that shows both needs the answer once, and its `pass` may stay.
# - The cell below each exercise looks at your answer and says what it saw.
#   An exercise you leave open counts as not attempted, and the rest of the lab runs all the same.
# - Stuck?
#   `checks.hint("network_size")` gives a first hint, `checks.hint("network_size", 2)` a plainer one.

# %% [markdown] tags=["ko"]
# # 실습 1: 순전파
#
# 학습을 시작하기 전에 신호가 깊은 신경망을 끝까지 통과할지를 결정하는 것은 무작위로 뽑은 가중치(weight)뿐입니다.
# 이 실습에서는 층이 50개인 신경망에서 신호가 $10^{38}$을 넘도록 커지는 것을 보고, 그것을 막는 숫자 하나를 찾습니다.
# 먼저 실험으로, 다음에는 유도로, 마지막에는 코드로 찾습니다.
#
# **미리 알아 둘 것**은 행렬 곱, 분산(variance)과 표준편차(standard deviation), 그리고 약간의 numpy입니다.
# 이론은 [Understanding Deep Learning](https://udlbook.github.io/udlbook/)(Prince, 2023) 7.5절에 있으며, 아래에서는 '교재'라고 부릅니다.
# 이 실습은 교재의 [Notebook 7.3](https://github.com/udlbook/udlbook/blob/main/Notebooks/Chap07/7_3_Initialization.ipynb)에 주석을 단 노트북에서 출발했습니다.
# 아래에서는 그것을 '원본'이라고 부르고, 이름과 숫자를 그대로 따릅니다.
#
# **시간:** 47분. 문제 다섯 개에 30분, 읽기에 17분입니다.
#
# **진행 방법**
#
# - 셀을 위에서 아래로 차례대로 실행합니다.
# - `...`이나 `# YOUR CODE HERE`가 보이면 그 자리에 답을 씁니다.
#   한 셀에 둘 다 있으면 한 곳에만 쓰면 되고, `pass`는 그대로 두어도 됩니다.
# - 각 문제 아래의 셀이 답을 검사하고 그 결과를 설명해 줍니다.
#   비워 둔 문제는 '아직 풀지 않았습니다'로 표시되고, 나머지 실습은 그대로 진행됩니다.
# - 막히면 `checks.hint("network_size")`로 첫 번째 힌트를, `checks.hint("network_size", 2)`로 더 분명한 힌트를 볼 수 있습니다.

# %%
import numpy as np

from initlab import checks, plots, tables, theory, widgets

# %% [markdown] tags=["en"]
# ## 1. The network
#
# One input, $K$ hidden layers of $D$ units each, one output.
# With $\mathbf{h}_0$ the input, layer after layer computes
#
# $$\mathbf{f}_k = \boldsymbol{\beta}_k + \boldsymbol{\Omega}_k \mathbf{h}_k, \qquad \mathbf{h}_{k+1} = \mathrm{ReLU}[\mathbf{f}_k],$$
#
# and the last preactivation $\mathbf{f}_K$ is the output.
# In the code $\boldsymbol{\Omega}_k$ is `all_weights[k]`, with one row for each unit of layer $k+1$ and one column for each unit of layer $k$.
#
# Biases start at zero, weights are drawn from a normal distribution with mean 0 and variance $\sigma^2_\Omega$, in the code `sigma_sq_omega`.
# How large should this variance be?
# That is the question of the whole lab.

# %% [markdown] tags=["ko"]
# ## 1. 신경망
#
# 입력 하나, 유닛 $D$개짜리 은닉층(hidden layer) $K$개, 출력 하나로 이루어진 신경망입니다.
# $\mathbf{h}_0$를 입력이라고 하면, 층마다 차례로 다음을 계산합니다.
#
# $$\mathbf{f}_k = \boldsymbol{\beta}_k + \boldsymbol{\Omega}_k \mathbf{h}_k, \qquad \mathbf{h}_{k+1} = \mathrm{ReLU}[\mathbf{f}_k],$$
#
# 마지막 사전 활성값(preactivation) $\mathbf{f}_K$가 출력입니다.
# 코드에서 $\boldsymbol{\Omega}_k$는 `all_weights[k]`이며, 행은 $k+1$층의 유닛, 열은 $k$층의 유닛에 대응합니다.
#
# 편향(bias)은 0에서 시작하고, 가중치는 평균이 0이고 분산이 $\sigma^2_\Omega$(코드에서는 `sigma_sq_omega`)인 정규분포(normal distribution)에서 뽑습니다.
# 이 분산을 얼마로 해야 할까요?
# 이것이 이 실습 전체의 질문입니다.

# %%
def init_params(K, D, sigma_sq_omega, rng):
    """Draw all weights with variance sigma_sq_omega; set all biases to zero."""
    sigma = np.sqrt(sigma_sq_omega)  # normal draws are scaled by a standard deviation

    all_weights = [None] * (K + 1)
    all_weights[0] = rng.normal(size=(D, 1)) * sigma  # from the input
    all_weights[K] = rng.normal(size=(1, D)) * sigma  # to the output
    for k in range(1, K):
        all_weights[k] = rng.normal(size=(D, D)) * sigma

    all_biases = [np.zeros((len(weights), 1)) for weights in all_weights]
    return all_weights, all_biases

# %% [markdown] tags=["en"]
# The random numbers come in as an argument, `rng`.
# Where the original sets the seed inside the function, so that every network is the same network, here you decide: `np.random.RandomState(0)` gives the original's draw, another seed gives another network.
#
# The forward pass takes many examples at once, one per column.

# %% [markdown] tags=["ko"]
# 난수는 인자 `rng`로 들어옵니다.
# 원본은 함수 안에서 시드(seed)를 고정하므로 언제나 같은 신경망이 나옵니다.
# 여기서는 여러분이 정합니다.
# `np.random.RandomState(0)`은 원본과 같은 값을 뽑고, 시드를 바꾸면 다른 신경망이 됩니다.
#
# 순전파(forward pass)는 여러 데이터를 한꺼번에 처리합니다.
# 열 하나가 데이터 하나입니다.

# %%
def relu(preactivation):
    return preactivation.clip(0.0)


def forward(all_weights, all_biases, net_input):
    """Run the network on all columns of net_input; return output, all f and all h."""
    all_f, all_h = [], [net_input]
    for weights, biases in zip(all_weights, all_biases):
        all_f.append(biases + weights @ all_h[-1])
        all_h.append(relu(all_f[-1]))
    return all_f[-1], all_f, all_h[:-1]  # no ReLU after the output

# %% [markdown] tags=["en"]
# ## 2. Five layers
#
# The original's first experiment: 5 layers of 8 units, $\sigma^2_\Omega = 1$, and 1000 inputs from a standard normal distribution.
# The table is the original's too, digit for digit.

# %% [markdown] tags=["ko"]
# ## 2. 층이 5개일 때
#
# 원본의 첫 번째 실험입니다.
# 유닛 8개짜리 층이 5개, $\sigma^2_\Omega = 1$, 표준정규분포에서 뽑은 입력 1000개를 씁니다.
# 표도 원본과 숫자 하나까지 같습니다.

# %% tags=["nbval-check-output"]
K, D = 5, 8

rng = np.random.RandomState(0)
all_weights, all_biases = init_params(K, D, 1.0, rng)
data_in = rng.normal(size=(1, 1000))
net_output, all_f, all_h = forward(all_weights, all_biases, data_in)

for layer in range(K):
    print("Layer %d, std of hidden units = %3.3f" % (layer, np.std(all_h[layer])))

# %% [markdown] tags=["en"]
# Read the table twice.
# Its layer 0 has no hidden units: it is the input, whose standard deviation is near 1 because we drew it so.
# And `range(K)` ends at $K-1$, so the last hidden layer is missing.

# %% [markdown] tags=["ko"]
# 표를 두 번 읽어 보세요.
# 0층에는 은닉 유닛(hidden unit)이 없습니다.
# 0층은 입력이고, 그렇게 뽑았으므로 표준편차가 1에 가깝습니다.
# 그리고 `range(K)`는 $K-1$에서 끝나므로 마지막 은닉층이 빠져 있습니다.

# %% tags=["nbval-check-output"]
print("Layer %d, std of hidden units = %3.3f" % (K, np.std(all_h[K])))

# %% [markdown] tags=["en"]
# From layer 1 to layer 5 the standard deviation grows about twelvefold.
# That looks harmless.

# %% [markdown] tags=["ko"]
# 1층에서 5층까지 표준편차가 열두 배쯤 커집니다.
# 별일 아닌 것처럼 보입니다.

# %% [markdown] tags=["en"]
# ## 3. Fifty layers
#
# Before you compute anything: the same recipe, 50 layers of 80 units.
# Is the standard deviation in the last hidden layer closer to $10^2$, to $10^{10}$ or to $10^{40}$?
# Settle on one of the three.

# %% [markdown] tags=["ko"]
# ## 3. 층이 50개일 때
#
# 계산하기 전에 생각해 보세요.
# 방법은 그대로 두고, 유닛 80개짜리 층을 50개 쌓습니다.
# 이때 마지막 은닉층의 표준편차는 $10^2$, $10^{10}$, $10^{40}$ 가운데 어느 것에 가까울까요?
# 셋 중 하나를 정하세요.

# %% [markdown] tags=["en"]
# ### Exercise 1: `network_size`
#
# **Difficulty** ●○○ (1 of 3) · **Time** 3 min · **Points** 1 · **You learn** what depth does to a harmless growth
#
# Draw a network with 50 hidden layers of 80 units, with $\sigma^2_\Omega = 1$ and `np.random.RandomState(0)`.

# %% [markdown] tags=["ko"]
# ### 문제 1: `network_size`
#
# **난이도** ●○○ (3단계 중 1) · **시간** 3분 · **배점** 1 · **배우는 것** 작은 증가가 깊이를 만나면 어떻게 되는가
#
# 유닛 80개짜리 은닉층이 50개인 신경망을 $\sigma^2_\Omega = 1$과 `np.random.RandomState(0)`으로 만드세요.

# %% nbgrader={"grade": false, "grade_id": "network_size", "locked": false, "schema_version": 3, "solution": true, "task": false}
all_weights, all_biases = ..., ...  # what init_params returns for this size
### BEGIN SOLUTION
all_weights, all_biases = init_params(50, 80, 1.0, np.random.RandomState(0))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_network_size", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
checks.network_size(all_weights)

# %%
print(tables.hidden_units((all_weights, all_biases), data_in, layers=(1, 2, 3, 10, 50)))

# %% [markdown] tags=["en"]
# Of the three, $10^{40}$ is the closest: a factor of about six per layer, to the power of 49.
# The largest number that single precision can hold is $3.4 \cdot 10^{38}$, so in the usual `float32` this network is already lost.
#
# From here on every network has 50 hidden layers of 80 units.

# %% [markdown] tags=["ko"]
# 셋 가운데 가장 가까운 것은 $10^{40}$입니다.
# 층마다 약 여섯 배가 되고, 그 배율이 49번 곱해집니다.
# 단정밀도(single precision)로 나타낼 수 있는 가장 큰 수가 $3.4 \cdot 10^{38}$이므로, 흔히 쓰는 `float32`로는 이 신경망을 이미 쓸 수 없습니다.
#
# 이제부터 신경망은 모두 유닛 80개짜리 은닉층 50개로 이루어집니다.

# %% [markdown] tags=["en"]
# ### Try variances
#
# The cell below brackets the answer: with the first variance the signal vanishes, with the second it explodes.
# Add values between them and run it again, until layer 50 is about as strong as layer 1.

# %% [markdown] tags=["ko"]
# ### 분산을 바꿔 보기
#
# 아래 셀의 두 값 사이에 답이 있습니다.
# 첫 번째 분산에서는 신호가 소실되고(vanishing), 두 번째 분산에서는 폭발합니다(exploding).
# 그 사이의 값을 넣어 가며 50층의 신호가 1층과 비슷해질 때까지 다시 실행하세요.

# %%
candidates = [0.0001, 1.0]  # put more values between these two
few = data_in[:, :100]  # a hundred inputs show the same as a thousand, and sooner

for candidate in candidates:
    weights, biases = init_params(50, 80, candidate, np.random.RandomState(0))
    h = forward(weights, biases, few)[2]
    first, last = np.std(h[1]), np.std(h[50])
    print("variance %.5f" % candidate)
    print("  std of h_1 %.3g, of h_50 %.3g, quotient %.3g" % (first, last, last / first))

# %% [markdown] tags=["en"]
# The same with a slider, which answers while you drag.
# It draws a network of its own, so the variance that levels it is not quite the one you found above; another seed shifts it again.
# The shaded band holds 95 % of 200 networks drawn with the variance of the slider.
# The panel beside it, the gradients, belongs to Lab 2.

# %% [markdown] tags=["ko"]
# 같은 실험을 슬라이더로도 할 수 있습니다.
# 슬라이더를 움직이는 동안 그림이 바로 바뀝니다.
# 여기서는 신경망을 따로 뽑으므로, 알맞은 분산이 위에서 찾은 값과 조금 다르고 시드를 바꾸면 또 달라집니다.
# 음영으로 칠한 띠는 슬라이더의 분산으로 뽑은 신경망 200개 가운데 95%가 들어가는 범위입니다.
# 옆에 있는 기울기(gradient) 그림은 실습 2에서 다룹니다.

# %%
widgets.sigma_explorer(he=False)

# %% [markdown] tags=["en"]
# ### Exercise 2: `sigma_sq_by_experiment`
#
# **Difficulty** ●○○ (1 of 3) · **Time** 6 min · **Points** 2 · **You learn** how narrow the path between vanishing and exploding is
#
# Which variance keeps the signal from exploding and from vanishing?
# Give the value that your experiment led to; it need not be a round one.

# %% [markdown] tags=["ko"]
# ### 문제 2: `sigma_sq_by_experiment`
#
# **난이도** ●○○ (3단계 중 1) · **시간** 6분 · **배점** 2 · **배우는 것** 소실과 폭발 사이의 통로가 얼마나 좁은가
#
# 어떤 분산에서 신호가 폭발하지도 소실되지도 않나요?
# 실험으로 찾은 값을 쓰세요.
# 딱 떨어지는 수가 아니어도 됩니다.

# %% nbgrader={"grade": false, "grade_id": "sigma_sq_by_experiment", "locked": false, "schema_version": 3, "solution": true, "task": false}
sigma_sq_omega = ...  # a number
### BEGIN SOLUTION
sigma_sq_omega = 0.0254  # on this draw h_50 is then as strong as h_1, to 0.2 %
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_sigma_sq_by_experiment", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.sigma_sq_by_experiment(sigma_sq_omega)

# %% [markdown] tags=["en"]
# ## 4. Where the number comes from
#
# The value is no accident of this network; it can be computed in three steps.
# For the first, ask what ReLU does to a preactivation with mean 0 and variance 1.
# Which of these does it halve: the mean of the squares $\mathbb{E}[h^2]$, the variance, or the standard deviation?
# Decide, then run.

# %% [markdown] tags=["ko"]
# ## 4. 이 숫자는 어떻게 나오는가
#
# 이 값은 우연이 아닙니다.
# 세 단계로 계산할 수 있습니다.
# 첫째, 평균이 0이고 분산이 1인 사전 활성값이 ReLU를 지나면 어떻게 되는지 알아봅니다.
# ReLU는 제곱의 평균(mean square) $\mathbb{E}[h^2]$, 분산, 표준편차 가운데 무엇을 절반으로 줄일까요?
# 먼저 정하고 나서 실행하세요.

# %%
f = np.random.default_rng(0).normal(size=100_000)
h = relu(f)
print("mean square: %.2f -> %.2f" % (np.mean(f**2), np.mean(h**2)))
print("variance:    %.2f -> %.2f" % (np.var(f), np.var(h)))
print("std:         %.2f -> %.2f" % (np.std(f), np.std(h)))

# %% [markdown] tags=["en"]
# The mean square, also called the second moment, is halved: the distribution of $f$ is symmetric about zero, and ReLU keeps one of the two sides.
# The variance falls further, to $\frac{1}{2} - \frac{1}{2\pi} \approx 0.341$, because the mean of $h$ is no longer zero.
#
# So there are two candidates for "the strength of $h$".
# Second step: which one does the next layer feel?
# Below, weights of variance 1 add up the 80 units of $h$; divided by 80, the result shows what each unit brought.

# %% [markdown] tags=["ko"]
# 절반이 되는 것은 제곱의 평균, 곧 2차 적률(second moment)입니다.
# $f$의 분포가 0에 대해 대칭이고, ReLU가 그 두 쪽 가운데 하나만 남기기 때문입니다.
# $h$의 평균은 더 이상 0이 아니므로 분산은 더 작아져서 $\frac{1}{2} - \frac{1}{2\pi} \approx 0.341$이 됩니다.
#
# 그러니 '$h$의 세기'라고 부를 만한 것이 둘입니다.
# 둘째, 다음 층에 영향을 주는 것은 둘 가운데 어느 쪽일까요?
# 아래에서는 분산이 1인 가중치가 $h$의 유닛 80개를 더합니다.
# 결과를 80으로 나누면 유닛 하나가 얼마를 보탰는지 알 수 있습니다.

# %%
rng = np.random.default_rng(0)
h = relu(rng.normal(size=(80, 500)))
next_f = rng.normal(size=(500, 80)) @ h
print("variance of the next f, per unit: %.2f" % (np.var(next_f) / 80))

# %% [markdown] tags=["en"]
# It is the second moment, 0.5 and not 0.34.
# Each term of the sum is a weight times an activation, $w h$, and has mean zero because $w$ has.
# So its variance is the mean of its square, $\mathbb{E}[w^2] \, \mathbb{E}[h^2]$, and the variance of $h$ alone never enters.
#
# Third step, the sum: $D$ uncorrelated terms of mean zero, so their variances add.
#
# $$\mathbb{E}[f_k^2] = D \, \sigma^2_\Omega \, \mathbb{E}[h_k^2], \qquad \mathbb{E}[h_k^2] = \tfrac{1}{2} \, \mathbb{E}[f_{k-1}^2].$$
#
# Put the second equation into the first, and you have the factor from one layer to the next.
# For the five layers above it is $8 \cdot 1 / 2 = 4$, for the fifty it is 40, and the standard deviation grows by its root: by 2 and by 6.3.
# (The book does this in its section 7.5; the factor for ReLU is due to [He et al., 2015](https://arxiv.org/abs/1502.01852).)

# %% [markdown] tags=["ko"]
# 0.34가 아니라 0.5, 곧 2차 적률입니다.
# 합의 각 항은 가중치와 활성값(activation)의 곱 $w h$이고, $w$의 평균이 0이므로 이 항의 평균도 0입니다.
# 그래서 항의 분산은 그 제곱의 평균인 $\mathbb{E}[w^2] \, \mathbb{E}[h^2]$이며, $h$만의 분산은 어디에도 들어가지 않습니다.
#
# 셋째는 합입니다.
# 평균이 0이고 서로 상관관계가 없는 항 $D$개를 더하므로 분산도 더해집니다.
#
# $$\mathbb{E}[f_k^2] = D \, \sigma^2_\Omega \, \mathbb{E}[h_k^2], \qquad \mathbb{E}[h_k^2] = \tfrac{1}{2} \, \mathbb{E}[f_{k-1}^2].$$
#
# 두 번째 식을 첫 번째 식에 넣으면 한 층에서 다음 층으로 갈 때의 배율이 나옵니다.
# 위의 5개 층에서는 $8 \cdot 1 / 2 = 4$, 50개 층에서는 40이며, 표준편차는 그 제곱근인 2배와 6.3배씩 커집니다.
# (교재 7.5절에 이 유도가 있습니다.
# ReLU의 배율은 [He et al., 2015](https://arxiv.org/abs/1502.01852)에서 나왔습니다.)

# %% [markdown] tags=["en"]
# ### Exercise 3: `sigma_sq_derived`
#
# **Difficulty** ●●○ (2 of 3) · **Time** 6 min · **Points** 2 · **You learn** why the width of the layer and the ReLU decide, and nothing else
#
# For which $\sigma^2_\Omega$ is the factor from one layer to the next exactly 1, at $D = 80$?
# Write the number or an expression; a variance is asked for, not a standard deviation.

# %% [markdown] tags=["ko"]
# ### 문제 3: `sigma_sq_derived`
#
# **난이도** ●●○ (3단계 중 2) · **시간** 6분 · **배점** 2 · **배우는 것** 왜 층의 너비와 ReLU만이 값을 정하는가
#
# $D = 80$일 때, 한 층에서 다음 층으로 가는 배율이 정확히 1이 되는 $\sigma^2_\Omega$는 얼마인가요?
# 숫자나 식으로 쓰세요.
# 표준편차가 아니라 분산을 묻습니다.

# %% nbgrader={"grade": false, "grade_id": "sigma_sq_derived", "locked": false, "schema_version": 3, "solution": true, "task": false}
sigma_sq_derived = ...  # a number
### BEGIN SOLUTION
sigma_sq_derived = 2 / 80  # D * sigma_sq / 2 = 1
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_sigma_sq_derived", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.sigma_sq_derived(sigma_sq_derived)

# %% [markdown] tags=["en"]
# Close to what you found by experiment, and most likely not equal to it.
# Why a single network may well disagree with a correct derivation is the subject of section 7.
#
# Go back to the explorer and let it mark He's value, which is the one you derived.
# Then change the width and the depth: which of the two moves the mark?

# %% [markdown] tags=["ko"]
# 실험으로 찾은 값과 비슷하지만 똑같지는 않을 것입니다.
# 유도가 옳은데도 신경망 하나하나는 거기서 벗어날 수 있습니다.
# 그 까닭은 7절에서 다룹니다.
#
# 위의 슬라이더로 돌아가 He 값을 표시해 보세요.
# 여러분이 유도한 바로 그 값입니다.
# 이제 너비와 깊이를 바꾸어 봅니다.
# 둘 가운데 어느 것을 바꿀 때 표시가 움직이나요?

# %% [markdown] tags=["en"]
# ## 5. He initialization
#
# One variance for all layers has a flaw: look at the standard deviation of $h_1$ for the variance you found.
# It is about 0.1, a tenth of the input's, because the first layer has a single input and there is nothing to add up.
# Each layer needs a variance of its own.
#
# Which number takes the place of $D$: that of the units a layer comes from (*fan-in*) or that of the units it goes to (*fan-out*)?
# Take 10 units of mean square 1 and let them feed 1000.

# %% [markdown] tags=["ko"]
# ## 5. He 초기화
#
# 모든 층에 분산 하나를 쓰는 방법에는 약점이 있습니다.
# 여러분이 찾은 분산에서 $h_1$의 표준편차를 보세요.
# 입력의 10분의 1인 약 0.1입니다.
# 첫 번째 층은 입력이 하나뿐이라 더할 것이 없기 때문입니다.
# 층마다 알맞은 분산이 따로 있어야 합니다.
#
# $D$ 자리에는 어떤 수가 들어갈까요?
# 신호가 들어오는 쪽의 유닛 수(fan-in)일까요, 신호가 나가는 쪽의 유닛 수(fan-out)일까요?
# 제곱의 평균이 1인 유닛 10개를 유닛 1000개에 연결해 봅니다.

# %%
rng = np.random.default_rng(0)
h = rng.normal(size=(10, 500))
for divisor in (10, 1000):
    weights = rng.normal(size=(1000, 10)) * np.sqrt(1 / divisor)
    f = weights @ h
    print("variance 1/%-4d: mean square of f %.3f" % (divisor, np.mean(f**2)))

# %% [markdown] tags=["en"]
# What counts is how many terms are added to make one unit, and that is the number of columns of the weight matrix: the fan-in.
#
# One more trap before you write code: `rng.normal` draws with standard deviation 1, and what you multiply its numbers by scales the *standard deviation*.

# %% [markdown] tags=["ko"]
# 중요한 것은 유닛 하나를 만들 때 더하는 항의 수, 곧 가중치 행렬의 열의 수인 fan-in입니다.
#
# 코드를 쓰기 전에 함정이 하나 더 있습니다.
# `rng.normal`은 표준편차가 1인 수를 뽑습니다.
# 여기에 어떤 수를 곱하면, 그 배수대로 바뀌는 것은 분산이 아니라 **표준편차**입니다.

# %%
z = np.random.default_rng(0).normal(size=100_000)
for factor in (0.1, np.sqrt(0.1)):
    scaled = factor * z
    std, variance = np.std(scaled), np.var(scaled)
    print("times %.3f: std %.3f, variance %.3f" % (factor, std, variance))

# %% [markdown] tags=["en"]
# ### Exercise 4: `he_init_params`
#
# **Difficulty** ●●○ (2 of 3) · **Time** 10 min · **Points** 5 · **You learn** to give every layer the variance that its own fan-in asks for
#
# Write `he_init_params(K, D, rng)`: as `init_params`, but each matrix has the variance you derived, with its own fan-in in the place of $D$.
#
# - Strictly, the first layer needs half of that, since no ReLU stands before it.
#   He et al. treat it like all others, for simplicity, and so does the original; either is right here.
# - Draw first, last, hidden, in this order, and you get the original's numbers digit for digit.

# %% [markdown] tags=["ko"]
# ### 문제 4: `he_init_params`
#
# **난이도** ●●○ (3단계 중 2) · **시간** 10분 · **배점** 5 · **배우는 것** 층마다 자기 fan-in에 맞는 분산을 주는 법
#
# `he_init_params(K, D, rng)`를 작성하세요.
# `init_params`와 같지만, 행렬마다 여러분이 유도한 분산에서 $D$ 대신 그 행렬의 fan-in을 씁니다.
#
# - 엄밀히 말하면 첫 번째 층 앞에는 ReLU가 없으므로 그 층의 분산은 절반이면 됩니다.
#   He et al.은 단순하게 하려고 다른 층과 똑같이 다루었고 원본도 그렇습니다.
#   여기서는 둘 다 정답입니다.
# - 첫 층, 마지막 층, 은닉층의 순서로 뽑으면 원본과 숫자 하나까지 같은 결과를 얻습니다.

# %% nbgrader={"grade": false, "grade_id": "he_init_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def he_init_params(K, D, rng):
    """Draw a network of K hidden layers of D units, 1 input, 1 output: He initialization.

    Return all_weights and all_biases, two lists of K + 1 arrays:
    all_weights[0]: (D, 1), all_weights[K]: (1, D), all others: (D, D),
    all_biases[k]: (rows of all_weights[k], 1), all zero.
    rng: a numpy random generator; draw with rng.normal(size=...).
    """
    ### BEGIN SOLUTION
    def he(fan_out, fan_in):
        return rng.normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_in)

    first, last = he(D, 1), he(1, D)
    layers = [first] + [he(D, D) for _ in range(K - 1)] + [last]
    return layers, [np.zeros((layer.shape[0], 1)) for layer in layers]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_he_init_params", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
checks.he_init_params(he_init_params)

# %% [markdown] tags=["en"]
# Your network, drawn with `RandomState(0)` and fed the 1000 inputs of section 2.
# The original prints 0.886 for layer 1, 0.698 for layer 2 and 0.741 for layer 3.
# If your function draws in another order, or gives the first layer half the variance, its numbers differ and are as right as these.

# %% [markdown] tags=["ko"]
# 여러분의 신경망을 `RandomState(0)`으로 뽑고 2절의 입력 1000개를 넣습니다.
# 원본에서는 1층이 0.886, 2층이 0.698, 3층이 0.741입니다.
# 여러분의 함수가 다른 순서로 뽑거나 첫 번째 층의 분산을 절반으로 하면 숫자가 달라지지만, 그것도 똑같이 맞습니다.

# %% tags=["nbval-check-output"]
drawn = tables.attempt(he_init_params, 50, 80, np.random.RandomState(0))
print(tables.hidden_units(drawn, data_in))

# %% [markdown] tags=["en"]
# Fifty layers, and in the original's draw every one of them is within a factor of two of the first.
# Another draw may stray further: section 7 shows how far.

# %% [markdown] tags=["ko"]
# 원본과 같은 순서로 뽑으면 50개 층의 값이 모두 첫 번째 층의 절반에서 두 배 사이에 있습니다.
# 달리 뽑으면 더 벗어날 수도 있으며, 얼마나 벗어나는지는 7절에서 봅니다.

# %% [markdown] tags=["en"]
# ## 6. Predict, then look
#
# How exact does the variance have to be?
# Suppose every variance is five percent too small, and nothing else changes, not even the random numbers.
#
# A property of ReLU makes the answer a matter of counting: $\mathrm{ReLU}[c f] = c \, \mathrm{ReLU}[f]$ for every $c > 0$.

# %% [markdown] tags=["ko"]
# ## 6. 예측하고 나서 보기
#
# 분산은 얼마나 정확해야 할까요?
# 모든 분산이 5% 작고, 난수를 포함해 나머지는 하나도 바뀌지 않는다고 합시다.
#
# ReLU의 성질 하나 덕분에, 개수를 세는 것만으로 답이 나옵니다.
# 모든 $c > 0$에 대해 $\mathrm{ReLU}[c f] = c \, \mathrm{ReLU}[f]$입니다.

# %% [markdown] tags=["en"]
# ### Exercise 5: `predicted_ratio`
#
# **Difficulty** ●●○ (2 of 3) · **Time** 5 min · **Points** 2 · **You learn** how fast a small error adds up over depth
#
# Let $r$ be the standard deviation of $h_{50}$ divided by that of $h_1$.
# By which factor does $r$ change when all variances are multiplied by 0.95?
# Predict it without running a network: count the matrices between layer 1 and layer 50, and mind that $r$ is made of standard deviations.

# %% [markdown] tags=["ko"]
# ### 문제 5: `predicted_ratio`
#
# **난이도** ●●○ (3단계 중 2) · **시간** 5분 · **배점** 2 · **배우는 것** 작은 오차가 깊이를 따라 얼마나 빨리 쌓이는가
#
# $h_{50}$의 표준편차를 $h_1$의 표준편차로 나눈 값을 $r$이라고 합시다.
# 모든 분산에 0.95를 곱하면 $r$은 몇 배가 되나요?
# 신경망을 돌리지 말고 예측하세요.
# 1층과 50층 사이에 있는 행렬의 수를 세고, $r$이 표준편차의 비라는 점에 주의하세요.

# %% nbgrader={"grade": false, "grade_id": "predicted_ratio", "locked": false, "schema_version": 3, "solution": true, "task": false}
predicted_ratio = ...  # a number or an expression; 1 would mean: no change
### BEGIN SOLUTION
predicted_ratio = 0.95 ** (49 / 2)  # 49 matrices, each scales the std by sqrt(0.95)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_predicted_ratio", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.predicted_ratio(predicted_ratio)

# %% [markdown] tags=["en"]
# Now look: set what you predicted, then reveal.

# %% [markdown] tags=["ko"]
# 이제 확인합니다.
# 예측한 값을 정해 놓고 결과를 확인하세요.

# %%
widgets.predict_then_reveal(0.95 / 40, against=1 / 40)

# %% [markdown] tags=["en"]
# And here is your own function, with another draw than above, in the band that holds 95 % of 200 correct networks.
# At layer 50 the band is far wider than the factor you just saw.
# A variance wrong by five percent cannot be read off one curve; that is why the check of exercise 4 also measures the weights themselves.

# %% [markdown] tags=["ko"]
# 다음 그림은 여러분의 함수로, 위와 다른 난수를 써서 뽑은 신경망입니다.
# 띠에는 올바른 신경망 200개의 95%가 들어갑니다.
# 50층에서 띠의 폭은 방금 본 배율보다 훨씬 큽니다.
# 분산이 5% 틀려도 곡선 하나로는 알아볼 수 없습니다.
# 그래서 문제 4에서는 가중치 자체도 검사합니다.

# %%
plots.init_by_layer(he_init_params)

# %% [markdown] tags=["en"]
# ## 7. Why a correct network is not flat
#
# Your curve wanders, and the band widens with depth, although the derivation promises a factor of 1.
# There is no contradiction: the promise is about the average over all draws, and you have one draw.
#
# Each layer multiplies the mean square by a random factor whose mean is 1.
# The product of nearly fifty such factors keeps the mean 1, but it gets it from a few large products; most are smaller.
# The logarithm of the product is nearly normal, and [Hanin and Rolnick, 2018](https://arxiv.org/abs/1803.01719) show that its spread grows with the depth divided by the width.
# Its mean and variance can be computed exactly; for one input:

# %% [markdown] tags=["ko"]
# ## 7. 올바르게 초기화해도 곡선이 평평하지 않은 까닭
#
# 유도한 배율은 1인데도 여러분의 곡선은 오르내리고, 띠는 깊어질수록 넓어집니다.
# 모순이 아닙니다.
# 배율이 1이라는 것은 가능한 모든 추출(draw)에 대한 평균을 말하고, 여러분의 신경망은 그 가운데 하나입니다.
#
# 각 층은 제곱의 평균에 무작위 배율을 곱하며, 이 배율의 평균이 1입니다.
# 이런 배율을 50개 가까이 곱하면 평균은 그대로 1이지만, 그 평균은 몇 안 되는 큰 곱에서 나오고 대부분의 곱은 그보다 작습니다.
# 이 곱의 로그는 정규분포에 가깝고, 그 퍼진 정도(spread)는 깊이를 너비로 나눈 값에 따라 커집니다([Hanin and Rolnick, 2018](https://arxiv.org/abs/1803.01719)).
# 로그의 평균과 분산은 정확히 계산할 수 있으며, 입력이 하나일 때는 다음과 같습니다.

# %%
for width in (80, 400):
    # mean and variance of ln(mean square of h_k), layer by layer
    mean, variance = theory.log_norm_moments([1] + [width] * 50 + [1])
    shift, spread = mean[49] - mean[0], np.sqrt(variance[49] - variance[0])
    low, typical, high = np.exp([(shift + z * spread) / 2 for z in (-1, 0, 1)])
    print("%d units: typical r %.2f," % (width, typical), end=" ")
    print("two draws in three between %.2f and %.2f" % (low, high))

# %% [markdown] tags=["en"]
# So the typical correct network loses half of its signal on the way, and a wider one much less: what is lost goes with the number of layers divided by the width.
# It also explains why an experiment seldom ends at the derived value exactly.
# Draw more networks and watch $r$; for inputs of both signs, as here, its median over two million networks was 0.485.

# %% [markdown] tags=["ko"]
# 그러므로 올바르게 초기화한 신경망도 보통은 신호를 절반쯤 잃고, 더 넓은 신경망은 훨씬 덜 잃습니다.
# 잃는 양은 층의 수를 너비로 나눈 값에 달려 있습니다.
# 실험으로 찾은 값이 유도한 값과 좀처럼 꼭 맞지 않는 까닭도 이것입니다.
# 신경망을 더 뽑으면서 $r$을 지켜보세요.
# 여기처럼 입력에 양수와 음수가 모두 있을 때 신경망 2백만 개에서 잰 중앙값(median)은 0.485입니다.

# %%
widgets.luck_of_the_draw()

# %% [markdown] tags=["en"]
# Would a million inputs instead of 1000 average the luck away?
# Take a hundred, and count how many different directions their activations have, that is, the rank of $h$.

# %% [markdown] tags=["ko"]
# 입력을 1000개가 아니라 백만 개로 늘리면 평균을 내면서 이런 우연의 영향이 사라질까요?
# 100개를 넣어 활성값에 서로 다른 방향이 몇 개나 있는지, 곧 $h$의 계수(rank)를 세어 봅니다.

# %%
weights, biases = init_params(50, 80, 1.0, np.random.default_rng(0))  # another draw
all_h = forward(weights, biases, data_in[:, :100])[2]
for k in (1, 2, 10, 50):
    rank = np.linalg.matrix_rank(all_h[k])
    silent = np.sum(np.all(all_h[k] == 0, axis=1))
    print("layer %2d: rank %d, %d of 80 units always silent" % (k, rank, silent))

# %% [markdown] tags=["en"]
# Two.
# With zero biases and one input, $h(x) = |x| \, h(\mathrm{sign}\, x)$: all positive inputs share one direction, all negative ones the other.
# More data brings nothing new, and only more width or another draw changes the curve.
# By layer 50 both directions switch on nearly the same half of the units, and the other half is silent whatever comes in.

# %% [markdown] tags=["ko"]
# 방향은 둘뿐입니다.
# 편향이 0이고 입력이 하나이면 $h(x) = |x| \, h(\mathrm{sign}\, x)$이므로, 양수 입력은 모두 한 방향에, 음수 입력은 모두 다른 한 방향에 놓입니다.
# 데이터를 늘려도 새로운 것은 없습니다.
# 곡선을 바꾸는 것은 더 넓은 층이나 새로운 추출뿐입니다.
# 50층에 이르면 두 방향 모두 거의 똑같은 절반의 유닛을 켜고, 나머지 절반은 무엇이 들어와도 0입니다.

# %% [markdown] tags=["en"]
# ## What you take away
#
# - Depth turns a factor per layer into a power; a variance too small by five percent costs most of the signal after fifty layers.
# - ReLU halves the second moment, a sum over the fan-in multiplies it; the two fix the variance of the weights.
# - The variance belongs to the layer, by its fan-in.
#   The number you multiply normal draws by is its square root.
# - Correct is a statement about the average over draws.
#   One network wanders, and how far is a matter of depth divided by width.
#
# Next: [Understanding Deep Learning](https://udlbook.github.io/udlbook/), section 7.5, problems 7.14 and 7.15; then Lab 2, where the derivatives travel the other way.

# %% [markdown] tags=["ko"]
# ## 정리
#
# - 층이 깊어지면 층마다의 배율이 거듭제곱으로 쌓입니다.
#   분산이 5%만 작아도 50개 층을 지나면 신호의 대부분을 잃습니다.
# - ReLU는 2차 적률을 절반으로 줄이고, fan-in만큼의 항을 더하면 2차 적률이 그 배수로 커집니다.
#   이 둘이 가중치의 분산을 정합니다.
# - 분산은 층마다 다르며 그 층의 fan-in이 정합니다.
#   정규분포에서 뽑은 수에 곱하는 것은 분산의 제곱근입니다.
# - '올바르다'는 말은 여러 추출의 평균에 대한 것입니다.
#   신경망 하나하나는 오르내리며, 그 폭은 깊이를 너비로 나눈 값에 달려 있습니다.
#
# 다음에는 [Understanding Deep Learning](https://udlbook.github.io/udlbook/) 7.5절과 문제 7.14, 7.15를 보고, 미분값(derivative)이 반대 방향으로 흐르는 실습 2로 넘어가세요.
