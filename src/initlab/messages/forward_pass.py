"""Messages on the exercises of lab 1, other than those on functions that draw weights."""

MESSAGES = {
    # network_size
    "size.small": {
        "en": ("still the small network", "This is still the small network with K={K} and D={D}."),
        "ko": ("아직 작은 신경망", "아직 K={K}, D={D}인 작은 신경망입니다."),
    },
    "size.not_unpacked": {
        "en": (
            "weights and biases in one",
            "`all_weights` holds two lists, the weights and the biases together.",
            "The list of weights alone.",
            "How do you give two names to the two things that a function returns?",
        ),
        "ko": (
            "가중치와 편향이 함께 있음",
            "`all_weights`에 가중치 리스트와 편향 리스트, 두 개가 함께 들어 있습니다.",
            "가중치 리스트만 있어야 합니다.",
            "함수가 돌려주는 두 가지에 각각 이름을 붙이려면 어떻게 써야 할까요?",
        ),
    },
    "size.transposed": {
        "en": (
            "weights transposed",
            "The {count} matrices are turned over: the first has shape `{first}`.",
            "$(width out, width in)$, as `init_params` gives them.",
            "Why would you need `.T` here?",
        ),
        "ko": (
            "가중치가 전치됨",
            "행렬 {count}개가 모두 뒤집혀 있습니다. 첫 행렬의 모양(shape)이 `{first}`입니다.",
            "`init_params`가 주는 대로 $(width out, width in)$이어야 합니다.",
            "여기에 `.T`가 왜 필요했을까요?",
        ),
    },
    "size.shapes": {
        "en": (
            "not the weights of one network",
            "The {count} entries, the first of shape `{first}`, are not the weights of a network with one "
            "input, one output and hidden layers of one width.",
            "What `init_params` returns first, unchanged.",
            "What does `[w.shape for w in all_weights]` show?",
        ),
        "ko": (
            "한 신경망의 가중치가 아님",
            "항목 {count}개(첫 항목의 모양은 `{first}`)가 입력 하나, 출력 하나, 너비가 같은 은닉층으로 된 신경망의 가중치가 "
            "아닙니다.",
            "`init_params`가 첫 번째로 돌려주는 것을 그대로 써야 합니다.",
            "`[w.shape for w in all_weights]`를 출력하면 무엇이 보일까요?",
        ),
    },
    "size.swapped": {
        "en": (
            "K and D swapped",
            "Your network has {got_K} hidden layers of {got_D} units ({matrices} matrices): K and D are the "
            "wrong way round.",
            "K counts the hidden layers, D the units in each.",
            "In which order does `init_params` take its arguments?",
        ),
        "ko": (
            "K와 D가 바뀜",
            "신경망에 유닛 {got_D}개짜리 은닉층이 {got_K}개 있습니다(행렬 {matrices}개). K와 D가 서로 바뀌었습니다.",
            "K는 은닉층의 개수, D는 층마다 있는 유닛의 개수입니다.",
            "`init_params`는 인자를 어떤 순서로 받을까요?",
        ),
    },
    "size.matrices_counted": {
        "en": (
            "50 matrices, not 50 hidden layers",
            "Your network has {matrices} weight matrices, and so {got_K} hidden layers of {got_D} units.",
            "K counts the hidden layers, not the matrices.",
            "How many matrices does a network with a single hidden layer have?",
        ),
        "ko": (
            "은닉층이 아니라 행렬이 50개",
            "신경망에 가중치 행렬이 {matrices}개 있으므로 은닉층(유닛 {got_D}개씩)은 {got_K}개입니다.",
            "K는 행렬이 아니라 은닉층의 개수입니다.",
            "은닉층이 하나뿐인 신경망에는 행렬이 몇 개 있을까요?",
        ),
    },
    "size.depth": {
        "en": (
            "wrong number of hidden layers",
            "Your network has {got_K} hidden layers ({matrices} matrices) of {got_D} units.",
            "The number of hidden layers that the task names.",
            "Which of your names does `init_params` get as its first argument, and what is its value then?",
        ),
        "ko": (
            "은닉층의 개수가 다름",
            "신경망의 은닉층이 {got_K}개(행렬 {matrices}개)이고 층마다 유닛이 {got_D}개입니다.",
            "문제에서 말한 은닉층 개수여야 합니다.",
            "`init_params`의 첫째 인자로 어떤 이름을 넘겼고, 그때 그 값은 얼마였을까요?",
        ),
    },
    "size.width": {
        "en": (
            "wrong number of units",
            "Your hidden layers have {got_D} units each (K={got_K}, {matrices} matrices).",
            "The number of units per layer that the task names.",
            "Which of your names does `init_params` get as its second argument, and what is its value then?",
        ),
        "ko": (
            "유닛의 개수가 다름",
            "은닉층마다 유닛이 {got_D}개입니다(K={got_K}, 행렬 {matrices}개).",
            "문제에서 말한 층당 유닛 개수여야 합니다.",
            "`init_params`의 둘째 인자로 어떤 이름을 넘겼고, 그때 그 값은 얼마였을까요?",
        ),
    },
    # A variance found by trying, in either lab.
    "tuned.not_positive": {
        "en": (
            "a variance that is not positive",
            "The variance is {got}, and a variance of 0 or less draws no weights.",
            "A positive number.",
            "What is the smallest that a mean of squares can be?",
        ),
        "ko": (
            "양수가 아닌 분산",
            "분산(variance)이 {got}입니다. 0 이하의 분산으로는 가중치를 뽑을 수 없습니다.",
            "양수여야 합니다.",
            "제곱의 평균은 가장 작아도 얼마일까요?",
        ),
    },
    "tuned.unchanged": {
        "en": (
            "variance left as it was",
            "The variance is still {got}: with it a signal is expected to grow by {layer_factor} in every "
            "layer, and by {factor} over K={K} layers (weights of std {implied_std}).",
            "A variance with which the first and the last layer are of about the same size.",
            "Try a tenth of it: does the last layer come nearer to the first?",
        ),
        "ko": (
            "분산을 바꾸지 않음",
            "분산(variance)이 아직 {got}입니다. 그러면 신호는 층마다 {layer_factor}배, 층 K={K}개를 지나면 {factor}배로 커질 "
            "것입니다(가중치의 표준편차 {implied_std}).",
            "첫 층과 마지막 층의 크기가 비슷해지는 분산이어야 합니다.",
            "그 10분의 1로 해 보세요. 마지막 층이 첫 층에 가까워지나요?",
        ),
    },
    "tuned.std_given": {
        "en": (
            "standard deviation in place of the variance",
            "You gave {got}, which looks like a standard deviation: taken as a variance it gives weights of std "
            "{implied_std}, and {layer_factor} per layer makes {factor} over K={K} layers.",
            "A variance: its unit is that of a square.",
            "Does `sigma_sq_omega` go into `init_params` before or after the root is taken?",
        ),
        "ko": (
            "분산 대신 표준편차",
            "답이 {got}인데 표준편차(standard deviation)로 보입니다. 분산으로 쓰면 가중치의 표준편차가 {implied_std}이고, 층마다 "
            "{layer_factor}배, 층 K={K}개를 지나면 {factor}배가 됩니다.",
            "제곱의 단위를 가진 분산(variance)이어야 합니다.",
            "`sigma_sq_omega`는 `init_params`에서 제곱근을 취하기 전의 값일까요, 취한 뒤의 값일까요?",
        ),
    },
    "tuned.too_large": {
        "en": (
            "variance too large: the signal explodes",
            "With a variance of {got} (std {implied_std}) a signal is expected to grow by {layer_factor} in "
            "every layer, which is {factor} over K={K} layers.",
            "A variance with which the first and the last layer are of about the same size.",
            "By what must you divide the variance so that one layer grows by 1 instead of {layer_factor}?",
        ),
        "ko": (
            "분산이 너무 커서 신호가 폭발함",
            "분산(variance)이 {got}(표준편차 {implied_std})이면 신호는 층마다 {layer_factor}배, 층 K={K}개를 지나면 {factor}배로 "
            "커질 것입니다.",
            "첫 층과 마지막 층의 크기가 비슷해지는 분산이어야 합니다.",
            "한 층에서 {layer_factor}배가 아니라 1배가 되게 하려면 분산을 무엇으로 나눠야 할까요?",
        ),
    },
    "tuned.too_small": {
        "en": (
            "variance too small: the signal vanishes",
            "With a variance of {got} (std {implied_std}) only {layer_factor} of a signal is expected to be "
            "left after one layer, and {factor} after K={K} layers.",
            "A variance with which the first and the last layer are of about the same size.",
            "If a printed std reads 0.000, how could you print it so that you still see how fast it falls?",
        ),
        "ko": (
            "분산이 너무 작아 신호가 소실됨",
            "분산(variance)이 {got}(표준편차 {implied_std})이면 신호는 한 층을 지날 때 {layer_factor}배, 층 K={K}개를 지나면 "
            "{factor}배로 줄어들 것입니다.",
            "첫 층과 마지막 층의 크기가 비슷해지는 분산이어야 합니다.",
            "출력된 표준편차가 0.000이라면, 얼마나 빨리 줄어드는지 보이게 출력하려면 어떻게 해야 할까요?",
        ),
    },
    # sigma_sq_derived
    "derived.relu_left_out": {
        "en": (
            "ReLU left out of the derivation",
            "You gave {got}, which is {times_D}/D for D={D}: the variance for a network without ReLU.",
            "The variance of f at one layer equal to that at the next, with a ReLU in between.",
            "Which part of $E[f²]$ is left in $E[h²]$ when $h = ReLU(f)$ and f is symmetric about 0?",
        ),
        "ko": (
            "유도에서 ReLU를 빠뜨림",
            "답이 {got}, 곧 D={D}일 때 {times_D}/D입니다. ReLU가 없는 신경망에 맞는 분산입니다.",
            "사이에 ReLU를 두고, 한 층의 f의 분산(variance)과 다음 층의 분산이 같아야 합니다.",
            "$h = ReLU(f)$이고 f가 0에 대해 대칭이면 $E[f²]$ 가운데 얼마가 $E[h²]$에 남을까요?",
        ),
    },
    "derived.std_given": {
        "en": (
            "standard deviation in place of the variance",
            "You gave {got}: the square root has been taken already (D={D}).",
            "The variance $σ²$, not $σ$.",
            "Which of the two stands in $E[f²] = D σ² E[h²]$?",
        ),
        "ko": (
            "분산 대신 표준편차",
            "답이 {got}입니다. 이미 제곱근을 취한 값입니다(D={D}).",
            "$σ$가 아니라 분산(variance) $σ²$을 써야 합니다.",
            "$E[f²] = D σ² E[h²]$에 들어 있는 것은 둘 가운데 어느 것일까요?",
        ),
    },
    "derived.std_of_xavier": {
        "en": (
            "root of 1/D",
            "You gave {got}, which is the root of 1/D for D={D}: a standard deviation, and the ReLU is left out "
            "as well.",
            "The variance $σ²$ for a network with ReLU.",
            "Which of $σ$ and $σ²$ is asked for, and what does the ReLU take from $E[f²]$?",
        ),
        "ko": (
            "1/D의 제곱근",
            "답이 {got}, 곧 D={D}일 때 1/D의 제곱근입니다. 표준편차(standard deviation)이고 ReLU도 빠졌습니다.",
            "ReLU가 있는 신경망의 분산(variance) $σ²$이어야 합니다.",
            "$σ$와 $σ²$ 가운데 무엇을 묻고 있고, ReLU는 $E[f²]$에서 무엇을 가져갈까요?",
        ),
    },
    "derived.D_left_out": {
        "en": (
            "not divided by D",
            "You gave {got}: the factor for the ReLU without the number of units, D={D}.",
            "A variance that makes a sum of D terms as large as one of them.",
            "How many terms does the sum for one unit have?",
        ),
        "ko": (
            "D로 나누지 않음",
            "답이 {got}입니다. ReLU를 메우는 배수만 있고 유닛의 개수 D={D}이 빠졌습니다.",
            "D개의 항을 더한 합이 항 하나만큼의 크기가 되게 하는 분산(variance)이어야 합니다.",
            "유닛 하나를 계산하는 합에는 항이 몇 개 있을까요?",
        ),
    },
    "derived.K_for_D": {
        "en": (
            "K in place of D",
            "You gave {got}, which goes with the number of layers K={K}, not with their width D={D}.",
            "The number of terms in the sum for one unit.",
            "Would one unit add up more numbers if the network were deeper?",
        ),
        "ko": (
            "D 대신 K 사용",
            "답이 {got}입니다. 층의 너비 D={D}이 아니라 층의 개수 K={K}에 맞춘 값입니다.",
            "유닛 하나를 계산하는 합의 항 개수를 써야 합니다.",
            "신경망이 더 깊어지면 유닛 하나가 더하는 수도 많아질까요?",
        ),
    },
    "derived.small_D": {
        "en": (
            "width of the small network",
            "You gave {got}, which is right for the width of the small network, not for D={D}.",
            "The same formula with the width that is asked for.",
            "What is the value of D in this task?",
        ),
        "ko": (
            "작은 신경망의 너비 사용",
            "답이 {got}입니다. D={D}이 아니라 작은 신경망의 너비에 맞는 값입니다.",
            "같은 식에 문제에서 말한 너비를 넣어야 합니다.",
            "이 문제에서 D는 얼마일까요?",
        ),
    },
    "derived.std_halved": {
        "en": (
            "ReLU counted twice",
            "You gave {got}, which is {times_D}/D for D={D}: as if a ReLU took three quarters of the mean square.",
            "The variance of f at one layer equal to that at the next.",
            "A ReLU halves something of a symmetric signal: its standard deviation, or its mean square?",
        ),
        "ko": (
            "ReLU를 두 번 셈",
            "답이 {got}, 곧 D={D}일 때 {times_D}/D입니다. ReLU가 제곱의 평균의 4분의 3을 가져간다고 본 셈입니다.",
            "한 층의 f의 분산(variance)과 다음 층의 분산이 같아야 합니다.",
            "ReLU가 대칭인 신호에서 반으로 줄이는 것은 표준편차일까요, 제곱의 평균일까요?",
        ),
    },
    "derived.variance_of_h": {
        "en": (
            "Var(h) in place of E[h²]",
            "You gave {got}, which is {times_D}/D for D={D}: the variance of h was put where its mean square belongs.",
            "What enters the next sum is $E[h²]$; for a mean that isn't 0 this is more than $Var(h)$.",
            "Is the mean of h, after a ReLU, equal to 0?",
        ),
        "ko": (
            "E[h²] 대신 Var(h) 사용",
            "답이 {got}, 곧 D={D}일 때 {times_D}/D입니다. 제곱의 평균이 들어갈 자리에 h의 분산(variance)을 넣었습니다.",
            "다음 합에 들어가는 것은 $E[h²]$이고, 평균이 0이 아니면 $Var(h)$보다 큽니다.",
            "ReLU를 지난 h의 평균은 0일까요?",
        ),
    },
    "derived.root_of_two": {
        "en": (
            "√2 in the variance",
            "You gave {got}, which is {times_D}/D for D={D}: the factor that belongs to the standard deviation.",
            "The factor of the variance.",
            "Of $σ$ and $σ²$, which gets the 2 and which the √2?",
        ),
        "ko": (
            "분산에 √2를 사용",
            "답이 {got}, 곧 D={D}일 때 {times_D}/D입니다. 표준편차에 쓸 배수입니다.",
            "분산(variance)에 쓸 배수여야 합니다.",
            "$σ$와 $σ²$ 가운데 어느 쪽에 2가, 어느 쪽에 √2가 들어갈까요?",
        ),
    },
    "derived.D_squared": {
        "en": (
            "divided by D twice",
            "You gave {got}, which is {times_D2}/D² for D={D}: D stands squared in your formula.",
            "A variance that makes a sum of D independent terms as large as one of them.",
            "When D independent terms are added, does the variance of the sum grow with D or with D²?",
        ),
        "ko": (
            "D로 두 번 나눔",
            "답이 {got}, 곧 D={D}일 때 {times_D2}/D²입니다. 식에 D의 제곱이 들어 있습니다.",
            "독립인 항 D개의 합이 항 하나만큼의 크기가 되게 하는 분산(variance)이어야 합니다.",
            "독립인 항 D개를 더하면 합의 분산은 D에 비례할까요, D²에 비례할까요?",
        ),
    },
    "derived.upside_down": {
        "en": (
            "fraction upside down",
            "You gave {got}: for D={D} this is the fraction upside down.",
            "A variance that gets smaller as D gets larger.",
            "Solve $D σ² E[h²] = E[f²]$ for $σ²$: on which side of the fraction does D end?",
        ),
        "ko": (
            "분수가 뒤집힘",
            "답이 {got}입니다. D={D}일 때 분수를 뒤집은 값입니다.",
            "D가 커지면 분산(variance)이 작아져야 합니다.",
            "$D σ² E[h²] = E[f²]$을 $σ²$에 대해 풀면 D는 분수의 위와 아래 가운데 어디로 갈까요?",
        ),
    },
    "derived.unchanged": {
        "en": (
            "the starting value",
            "You gave {got}, the variance that the small network started with; D={D} plays no part in it.",
            "A variance that depends on D.",
            "With this variance, how large is a sum of {D} terms beside one of them?",
        ),
        "ko": (
            "처음 값 그대로",
            "답이 {got}입니다. 작은 신경망이 시작할 때 쓴 분산이고, D={D}과 상관이 없습니다.",
            "D에 따라 정해지는 분산(variance)이어야 합니다.",
            "이 분산으로 {D}개의 항을 더하면, 합은 항 하나에 비해 얼마나 클까요?",
        ),
    },
    "derived.tuned": {
        "en": (
            "levels some draws, but is not derived",
            "You gave {got}, which levels some draws of a network with D={D}, but it is not what the derivation gives.",
            "A fraction with D in it, from $E[f²] = D σ² E[h²]$.",
            "If you drew another network, would the value that levels it be the same?",
        ),
        "ko": (
            "실험에는 맞지만 유도한 값이 아님",
            "답이 {got}입니다. D={D}인 신경망 가운데 어떤 것은 고르게 만들지만, 유도해서 나오는 값은 아닙니다.",
            "$E[f²] = D σ² E[h²]$에서 나오는, D가 들어간 분수여야 합니다.",
            "신경망을 새로 뽑으면 그것을 고르게 만드는 값도 똑같을까요?",
        ),
    },
    "derived.other": {
        "en": (
            "not the derived variance",
            "You gave {got}, which is {times_D}/D for D={D}; with it a signal would not stay level.",
            "A fraction with D in it, from $E[f²] = D σ² E[h²]$.",
            "What is $E[h²]$ in terms of $E[f²]$ of the layer before?",
        ),
        "ko": (
            "유도한 분산이 아님",
            "답이 {got}, 곧 D={D}일 때 {times_D}/D입니다. 이 값으로는 신호가 고르게 유지되지 않습니다.",
            "$E[f²] = D σ² E[h²]$에서 나오는, D가 들어간 분수여야 합니다.",
            "앞 층의 $E[f²]$로 $E[h²]$을 나타내면 어떻게 될까요?",
        ),
    },
    # predicted_ratio
    "ratio.variance": {
        "en": (
            "ratio of variances, not of standard deviations",
            "You gave {got}: by this factor the variance changes over K={K} layers, not the standard deviation.",
            "A ratio of standard deviations.",
            "If the mean square changes by a factor per layer, by what does its root change?",
        ),
        "ko": (
            "표준편차가 아니라 분산의 비",
            "답이 {got}입니다. 층 K={K}개에 걸쳐 표준편차가 아니라 분산이 바뀌는 비율입니다.",
            "표준편차(standard deviation)의 비여야 합니다.",
            "제곱의 평균이 층마다 어떤 배수로 바뀌면 그 제곱근은 몇 배로 바뀔까요?",
        ),
    },
    "ratio.layers_miscounted": {
        "en": (
            "one layer too many or too few",
            "You gave {got}: the right change per layer, for another number of layers than lie between the "
            "first and the last of K={K}.",
            "The change per layer, as often as a weight matrix lies between $h_1$ and $h_K$.",
            "How many steps are there from the first fence post to the fiftieth?",
        ),
        "ko": (
            "층을 하나 더 세거나 덜 셈",
            "답이 {got}입니다. 층마다 바뀌는 비율은 맞지만, K={K}개 층의 처음과 끝 사이에 있는 행렬의 개수와 다른 횟수만큼 곱했습니다.",
            "$h_1$과 $h_K$ 사이에 있는 가중치 행렬의 개수만큼 층별 변화를 곱해야 합니다.",
            "첫 번째 울타리 기둥에서 쉰 번째 기둥까지는 몇 칸일까요?",
        ),
    },
    "ratio.upside_down": {
        "en": (
            "ratio upside down",
            "You gave {got}, more than 1: it says that a smaller variance makes the last layer larger.",
            "The ratio with all variances multiplied by 0.95, divided by the ratio without.",
            "Which of the two networks has the smaller weights, and where does it stand in your fraction?",
        ),
        "ko": (
            "비가 뒤집힘",
            "답이 1보다 큰 {got}입니다. 분산이 작은데 마지막 층이 더 커진다는 뜻이 됩니다.",
            "모든 분산에 0.95를 곱했을 때의 비를 곱하기 전의 비로 나눈 값이어야 합니다.",
            "두 신경망 가운데 가중치가 작은 쪽은 어느 것이고, 분수에서 그것은 어디에 있나요?",
        ),
    },
    "ratio.percent": {
        "en": (
            "percent in place of a factor",
            "You gave {got}, which reads like percent.",
            "A plain factor, 1 for no change.",
            "What factor belongs to 100 percent?",
        ),
        "ko": (
            "배수 대신 퍼센트",
            "답이 {got}인데 퍼센트로 보입니다.",
            "변화가 없으면 1이 되는 배수여야 합니다.",
            "100퍼센트는 배수로 얼마일까요?",
        ),
    },
    "ratio.one_layer": {
        "en": (
            "change of one layer only",
            "You gave {got}: this is what a single layer does, and there are K={K} of them.",
            "The change from the first to the last layer.",
            "If every layer multiplies by the same factor, what do many of them do together?",
        ),
        "ko": (
            "한 층의 변화만 계산",
            "답이 {got}입니다. 층 하나에서 일어나는 변화인데, 층은 K={K}개 있습니다.",
            "첫 층에서 마지막 층까지의 변화여야 합니다.",
            "층마다 같은 수를 곱한다면, 여러 층을 지나는 동안 모두 몇 배가 될까요?",
        ),
    },
    "ratio.no_change": {
        "en": (
            "no change predicted",
            "You gave {got}: that 5 percent less variance makes no difference over K={K} layers.",
            "A change that builds up from layer to layer.",
            "What becomes of 5 percent when it is taken off again and again?",
        ),
        "ko": (
            "변화가 없다고 예측",
            "답이 {got}입니다. 분산이 5퍼센트 작아도 층 K={K}개를 지나는 동안 아무 차이가 없다는 뜻입니다.",
            "층을 지날 때마다 쌓이는 변화여야 합니다.",
            "그때그때 남은 값에서 5퍼센트를 빼는 일을 되풀이하면 어떻게 될까요?",
        ),
    },
    "ratio.linear": {
        "en": (
            "multiplied by the number of layers",
            "You gave {got}: the change of one layer times the number of layers, K={K} or one less.",
            "The change of one layer, applied again in every layer.",
            "After two layers, is a factor of one half a factor of $2 · 1/2$ or of $1/2 · 1/2$?",
        ),
        "ko": (
            "층의 개수를 곱함",
            "답이 {got}입니다. 층 하나의 변화에 층의 개수(K={K} 또는 하나 적은 수)를 곱한 값입니다.",
            "층 하나의 변화를 층마다 다시 적용해야 합니다.",
            "층마다 절반이 된다면 두 층 뒤에는 $2 · 1/2$배일까요, $1/2 · 1/2$배일까요?",
        ),
    },
    "ratio.logarithm": {
        "en": (
            "logarithm in place of the ratio",
            "You gave {got}: the logarithm of a ratio over K={K} layers.",
            "The ratio itself, a positive number.",
            "What takes you back from a logarithm?",
        ),
        "ko": (
            "비 대신 로그",
            "답이 {got}입니다. 층 K={K}개에 걸친 비의 로그(logarithm)입니다.",
            "비 자체, 곧 양수여야 합니다.",
            "로그에서 원래 수로 돌아가려면 무엇을 해야 할까요?",
        ),
    },
    "ratio.lost_part": {
        "en": (
            "what is lost in place of what is left",
            "You gave {got}: this is the part of the ratio that is lost over K={K} layers.",
            "The factor by which the ratio is multiplied; 1 would mean no change.",
            "When a price falls by a tenth, by which factor is it multiplied?",
        ),
        "ko": (
            "남은 비율 대신 줄어든 몫",
            "답이 {got}입니다. 층 K={K}개에 걸쳐 비에서 줄어든 몫입니다.",
            "비에 곱해지는 배수여야 합니다. 변화가 없으면 1입니다.",
            "값이 10분의 1만큼 내리면 원래 값에 몇을 곱한 것일까요?",
        ),
    },
    "ratio.not_positive": {
        "en": (
            "a ratio that is not positive",
            "You gave {got}, and a ratio of two standard deviations is positive.",
            "A factor above 0.",
            "When 5 percent is taken off again and again, do you ever get below 0?",
        ),
        "ko": (
            "양수가 아닌 비",
            "답이 {got}입니다. 두 표준편차(standard deviation)의 비는 양수입니다.",
            "0보다 큰 배수여야 합니다.",
            "그때그때 남은 값에서 5퍼센트를 빼는 일을 되풀이하면 0보다 작아질 수 있을까요?",
        ),
    },
    "ratio.other": {
        "en": (
            "not the predicted ratio",
            "You gave {got}: over K={K} layers this would mean a factor of {per_layer} from each layer to the next.",
            "The factor that 1.9 in place of 2 makes per layer, from the first layer to the last.",
            "By what factor does one layer's mean square change, and its root?",
        ),
        "ko": (
            "예측한 비가 다름",
            "답이 {got}입니다. 층 K={K}개에 걸쳐 보면 층마다 {per_layer}배가 된다는 뜻입니다.",
            "2 대신 1.9를 쓸 때 층마다 생기는 배수를 첫 층에서 마지막 층까지 적용해야 합니다.",
            "한 층의 제곱의 평균은 몇 배로 바뀌고, 그 제곱근은 몇 배로 바뀔까요?",
        ),
    },
}
