"""The words of the card itself: outcomes, headings, and the names of the exercises."""

LABELS = {
    "right": {"en": "Right", "ko": "맞았습니다"},
    "wrong": {"en": "Not right yet", "ko": "아직 맞지 않습니다"},
    "not_attempted": {"en": "Not attempted", "ko": "아직 풀지 않았습니다"},
    "broke": {"en": "Stopped with an error", "ko": "오류로 멈췄습니다"},
    "points": {"en": "{points} of {most} points", "ko": "{most}점 중 {points}점"},
    "so_far": {"en": "So far in this lab: {points} of {most} points", "ko": "이 실습에서 지금까지 {most}점 중 {points}점"},
    "public": {
        "en": "These are the public checks; your submission is graded anew, and functions on other cases.",
        "ko": "이것은 공개 검사입니다. 제출한 뒤에 다시 채점하며, 함수는 다른 사례로 검사합니다.",
    },
    "hidden": {
        "en": "Graded, with functions checked on cases drawn for this submission.",
        "ko": "채점한 결과입니다. 함수는 이 제출물을 위해 따로 뽑은 사례로 검사했습니다.",
    },
    "checked": {"en": "Checked", "ko": "검사한 것"},
    "form": {"en": "Expected form", "ko": "기대한 형태"},
    "ask": {"en": "Ask yourself", "ko": "스스로 물어보세요"},
    "also": {"en": "Also", "ko": "그 밖에"},
    "next": {"en": "Next step", "ko": "다음 단계"},
    "lines": {"en": "Your lines", "ko": "오류가 지나간 줄"},
    "next_hint": {
        "en": "Mend the first point and run this cell again. A hint: `checks.hint(\"{exercise}\")`",
        "ko": "첫 번째 지적부터 고치고 이 셀을 다시 실행하세요. 힌트: `checks.hint(\"{exercise}\")`",
    },
    "next_start": {
        "en": "Write your answer in the cell above, run it, then run this cell. A hint: `checks.hint(\"{exercise}\")`",
        "ko": "위 셀에 답을 쓰고 실행한 다음 이 셀을 실행하세요. 힌트: `checks.hint(\"{exercise}\")`",
    },
    "next_done": {"en": "Go on to the next exercise.", "ko": "다음 문제로 넘어가세요."},
    "hint": {"en": "Hint {n} of {count}", "ko": "힌트 {n}/{count}"},
    "hint_more": {
        "en": "For another hint: `checks.hint(\"{exercise}\", {n})`",
        "ko": "힌트 하나 더: `checks.hint(\"{exercise}\", {n})`",
    },
    "hint_last": {"en": "This was the last hint.", "ko": "마지막 힌트입니다."},
    "hint_solution": {"en": "The worked solution is at", "ko": "풀이는 다음 주소에 있습니다:"},
    "hint_missing": {"en": "No such hint", "ko": "없는 힌트"},
    "hint_none": {
        "en": "There is no hint {n} for this exercise; there are hints 1 to {count}.",
        "ko": "이 문제에는 힌트 {n}번이 없습니다. 힌트는 1번부터 {count}번까지 있습니다.",
    },
    "hint_unknown": {
        "en": "There is no exercise called `{exercise}`; there are: {names}.",
        "ko": "`{exercise}`라는 문제는 없습니다. 있는 문제는 다음과 같습니다: {names}.",
    },
    "layer": {"en": "layer", "ko": "layer"},
    # What each check looks at.
    "network_size": {
        "en": "the shapes of `all_weights`: K = 50 hidden layers of D = 80 units",
        "ko": "`all_weights`의 모양(shape): 은닉층 K = 50개, 층마다 유닛 D = 80개",
    },
    "sigma_sq_by_experiment": {
        "en": "whether `sigma_sq_omega` keeps the forward pass level through 50 layers of 80 units",
        "ko": "`sigma_sq_omega`가 유닛 80개짜리 층 50개를 지나는 순전파(forward pass)를 고르게 유지하는지",
    },
    "sigma_sq_derived": {
        "en": "the derived variance for hidden layers of D = 80 units, to half a percent",
        "ko": "유닛이 D = 80개인 은닉층에 대해 유도한 분산(variance), 0.5% 이내",
    },
    "he_init_params": {
        "en": "variance, mean and independence of the weights that `he_init_params` draws, layer by layer; the biases",
        "ko": "`he_init_params`가 뽑은 가중치(weight)의 층별 분산, 평균, 독립성과 편향(bias)",
    },
    "predicted_ratio": {
        "en": "the predicted effect on last over first std when all variances are multiplied by 0.95, to two percent",
        "ko": "모든 분산에 0.95를 곱할 때 마지막 층과 첫 층의 표준편차 비가 얼마나 바뀌는지에 대한 예측, 2% 이내",
    },
    "backward_pass": {
        "en": "all derivatives that `backward_pass` returns, on three networks of different shapes, step by step",
        "ko": "`backward_pass`가 돌려준 모든 미분값을 모양이 다른 신경망 세 개에서 단계별로",
    },
    "sigma_sq_backward": {
        "en": "whether the variance keeps the gradients level through 50 layers of 80 units",
        "ko": "이 분산이 유닛 80개짜리 층 50개를 거슬러 가는 기울기(gradient)를 고르게 유지하는지",
    },
    "re_init_params": {
        "en": "variance, mean and independence of the weights that `re_init_params` draws, layer by layer; the biases",
        "ko": "`re_init_params`가 뽑은 가중치(weight)의 층별 분산, 평균, 독립성과 편향(bias)",
    },
    "mislabelled_print": {
        "en": "the name of the printed quantity, and the std of the real dl/dh at layer 1",
        "ko": "출력된 값의 진짜 이름과, 1번 층의 실제 dl/dh의 표준편차",
    },
}
