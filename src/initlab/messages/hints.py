"""Hints for each exercise, each more explicit than the one before; the last leaves only the writing to do."""

HINTS = {
    "network_size": {
        "en": [
            "A network is made by `init_params`. Which of its arguments say how deep and how wide it is?",
            "K counts the hidden layers, D the units in each of them. Give them the values that the task names "
            "before you call `init_params`.",
            "After the call, `len(all_weights)` should be one more than K, and `all_weights[1].shape` should be "
            "(D, D). Print both.",
        ],
        "ko": [
            "신경망은 `init_params`로 만듭니다. 인자 가운데 깊이와 너비를 정하는 것은 무엇일까요?",
            "K는 은닉층의 개수, D는 층마다 있는 유닛의 개수입니다. `init_params`를 호출하기 전에 두 이름에 문제에서 말한 값을 넣으세요.",
            "호출한 뒤 `len(all_weights)`는 K보다 하나 크고 `all_weights[1].shape`은 (D, D)여야 합니다. 두 가지를 출력해 보세요.",
        ],
    },
    "sigma_sq_by_experiment": {
        "en": [
            "Print the std of the first and of the last hidden layer. Is the last one larger or smaller? Change "
            "the variance in the direction that brings them together.",
            "Go in large steps first: divide by 10 until the signal vanishes, then halve the interval between "
            "the last variance that exploded and the first that vanished.",
            "If one layer multiplies the std by g, 49 of them multiply it by g to the 49. Read off last over "
            "first, take the 49th root, and divide the variance by the square of that.",
        ],
        "ko": [
            "첫 은닉층과 마지막 은닉층의 표준편차를 출력해 보세요. 마지막이 더 큰가요, 작은가요? 둘이 가까워지는 쪽으로 분산을 바꾸세요.",
            "처음에는 크게 움직이세요. 신호가 소실될 때까지 10으로 나눈 다음, 마지막으로 폭발한 분산과 처음으로 소실된 분산 사이를 "
            "반씩 줄여 가세요.",
            "한 층이 표준편차를 g배로 만든다면 49개 층은 g의 49제곱배로 만듭니다. 마지막과 첫 층의 비를 구하고, 49제곱근을 구한 뒤, "
            "그 제곱으로 분산을 나누세요.",
        ],
    },
    "sigma_sq_derived": {
        "en": [
            "Write one unit as a sum: f is the sum over j of omega_j times h_j. What are the mean and the mean "
            "square of that sum when the weights have mean 0 and are independent?",
            "The mean square of f is D times σ² times E[h²]. Now express E[h²] by the mean square of the f one "
            "layer before.",
            "A ReLU keeps half of a symmetric distribution, so that E[h²] is half of E[f²]. Ask that E[f²] be "
            "the same in both layers, solve for σ², and put in D = 80.",
        ],
        "ko": [
            "유닛 하나를 합으로 쓰세요. f는 omega_j와 h_j를 곱해 j에 대해 더한 것입니다. 가중치가 독립이고 평균이 0이면 이 합의 평균과 "
            "제곱의 평균은 얼마일까요?",
            "f의 제곱의 평균은 D, σ², E[h²]의 곱입니다. 이제 E[h²]을 한 층 앞의 f의 제곱의 평균으로 나타내 보세요.",
            "ReLU는 대칭인 분포의 절반만 남기므로 E[h²]은 E[f²]의 절반입니다. 두 층의 E[f²]이 같다고 놓고 σ²에 대해 푼 다음 D = 80을 "
            "넣으세요.",
        ],
    },
    "he_init_params": {
        "en": [
            "Begin with the list of shapes: how many weight matrices are there, and how many numbers go into "
            "one unit of each layer?",
            "The variance of a layer is the one you derived, with the layer's own fan-in in the place of D. The "
            "fan-in of `all_weights[k]` is its number of columns; the first layer's is not D.",
            "`rng.normal(size=...)` has standard deviation 1. Multiply it by the square root of the variance, "
            "np.sqrt(2 / fan_in), layer by layer, and make the biases np.zeros((width, 1)).",
        ],
        "ko": [
            "먼저 모양(shape)의 목록을 만드세요. 가중치 행렬은 몇 개이고, 층마다 유닛 하나에 몇 개의 수가 들어올까요?",
            "층의 분산은 유도한 분산에서 D 대신 그 층의 fan-in을 쓴 값입니다. `all_weights[k]`의 fan-in은 열의 개수이고, "
            "첫 층의 fan-in은 D가 아닙니다.",
            "`rng.normal(size=...)`의 표준편차는 1입니다. 층마다 분산의 제곱근 np.sqrt(2 / fan_in)을 곱하고, 편향은 "
            "np.zeros((width, 1))로 만드세요.",
        ],
    },
    "predicted_ratio": {
        "en": [
            "All variances are multiplied by 0.95. By what is the std of one layer multiplied then?",
            "Every layer from the second to the last contributes the same factor. How many are there?",
            "With K = 50 there are 49 weight matrices between the first and the last hidden layer, and each "
            "multiplies the std by the square root of 0.95.",
        ],
        "ko": [
            "모든 분산에 0.95를 곱합니다. 그러면 한 층의 표준편차는 몇 배가 되나요?",
            "둘째 층부터 마지막 층까지 층마다 같은 배수가 곱해집니다. 그런 층은 모두 몇 개일까요?",
            "K = 50이면 첫 은닉층과 마지막 은닉층 사이에 가중치 행렬이 49개 있고, 각각 표준편차에 0.95의 제곱근을 곱합니다.",
        ],
    },
    "backward_pass": {
        "en": [
            "Write down the shapes first: each derivative has the shape of the thing itself. Which product "
            "gives that shape?",
            "Start with dl_df at the output. Then, for k from K down to 0: the weights' gradient from dl_df[k] "
            "and h[k], dl_dh[k] from the weights and dl_df[k], and dl_df[k - 1] from dl_dh[k] and the sign of "
            "f[k - 1].",
            "K is `len(all_weights) - 1`. dl_dweights[k] is dl_df[k] @ h[k].T, dl_dh[k] is weights[k].T @ "
            "dl_df[k], and the bias gradient is dl_df[k] summed over axis 1 with keepdims=True. Make a new "
            "array for the indicator.",
        ],
        "ko": [
            "먼저 모양(shape)을 적으세요. 미분값은 미분하는 대상과 모양이 같습니다. 어떤 곱이 그 모양을 만들까요?",
            "출력의 dl_df에서 시작하세요. 그다음 k를 K에서 0까지 줄여 가며 dl_df[k]와 h[k]로 가중치의 미분값을, 가중치와 dl_df[k]로 "
            "dl_dh[k]를, dl_dh[k]와 f[k - 1]의 부호로 dl_df[k - 1]을 구합니다.",
            "K는 `len(all_weights) - 1`입니다. dl_dweights[k]는 dl_df[k] @ h[k].T, dl_dh[k]는 weights[k].T @ dl_df[k]이고, 편향의 "
            "미분값은 dl_df[k]를 keepdims=True로 축 1에 대해 더한 것입니다. 지시함수에는 새 배열을 만드세요.",
        ],
    },
    "sigma_sq_backward": {
        "en": [
            "Print the std of dl_df at the first and at the last hidden layer. Gradients run backward: which of "
            "the two is reached after more steps?",
            "The same way of searching as for the forward pass works: large steps first, then halve the interval.",
            "Going back through one layer, D gradients are added up and a ReLU lets half of them pass. Compare "
            "with the sum in the forward pass: is there any difference when all hidden layers are equally wide?",
        ],
        "ko": [
            "첫 은닉층과 마지막 은닉층의 dl_df의 표준편차를 출력해 보세요. 기울기는 거꾸로 갑니다. 둘 가운데 더 많은 단계를 거친 것은 "
            "어느 쪽일까요?",
            "순전파에서 쓴 방법으로 찾을 수 있습니다. 처음에는 크게 움직이고, 그다음에는 구간을 반씩 줄이세요.",
            "한 층을 거슬러 갈 때 기울기 D개를 더하고, ReLU가 그 절반을 통과시킵니다. 순전파의 합과 비교해 보세요. 은닉층의 너비가 모두 "
            "같다면 다른 점이 있을까요?",
        ],
    },
    "re_init_params": {
        "en": [
            "Going backward, which numbers are added up to make one entry of dl_dh: how many are there in each layer?",
            "The variance of a layer is now 2 over its fan-out. The fan-out of `all_weights[k]` is its number of rows.",
            "Only the first and the last layer differ from he_init_params: the first leads to D units, the last "
            "to a single output.",
        ],
        "ko": [
            "거꾸로 갈 때 dl_dh의 한 항목을 만들려면 어떤 수들을 더하나요? 층마다 몇 개인가요?",
            "이제 층의 분산은 2를 fan-out으로 나눈 값입니다. `all_weights[k]`의 fan-out은 행의 개수입니다.",
            "he_init_params와 다른 곳은 첫 층과 마지막 층뿐입니다. 첫 층은 유닛 D개로, 마지막 층은 출력 하나로 이어집니다.",
        ],
    },
    "mislabelled_print": {
        "en": [
            "The number above the exercise was found by nudging h, so it is a derivative for h. Which list of "
            "`result` has it as its entry [1][0, 0]?",
            "The table begins with the std of entry [1] of one of the four lists. Take `np.std` of that entry "
            "of each list in `result`: which one gives 446.654?",
            "`backward_pass` returns dl_dweights, dl_dbiases, dl_dh and dl_df, in this order, so all_dl_dh is "
            "`result[2]`. Take `np.std` of its entry [1], all units and all data points at once.",
        ],
        "ko": [
            "문제 위의 숫자는 h를 건드려서 얻었으므로 h에 대한 미분값입니다. `result`의 어느 리스트에서 그 숫자가 항목 [1][0, 0]인가요?",
            "표의 첫 숫자는 네 리스트 가운데 하나에서 항목 [1]의 표준편차입니다. `result`의 리스트마다 그 항목의 `np.std`를 구해 보세요. "
            "446.654가 나오는 것은 어느 리스트인가요?",
            "`backward_pass`는 dl_dweights, dl_dbiases, dl_dh, dl_df를 이 순서로 돌려주므로 all_dl_dh는 `result[2]`입니다. 그 항목 [1]에서 "
            "모든 유닛과 데이터를 한꺼번에 넣어 `np.std`를 구하세요.",
        ],
    },
}
