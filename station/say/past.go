package say

import "strings"

// were are the verbs of the phrases as they are told afterwards.
var were = map[string]string{
	"is": "was", "are": "were", "isn't": "wasn't", "has": "had", "have": "had", "does": "did", "do": "did", "cannot": "could not", "can": "could", "must": "had to",
	"needs": "needed", "need": "needed", "fits": "fitted", "fit": "fit", "goes": "went", "holds": "held", "accepts": "accepted", "takes": "took",
	"sends": "sent", "reads": "read", "belongs": "belonged", "counts": "counted", "stays": "stayed",
}

// past puts a phrase into the past tense; what is filled in stays as it is.
func past(phrase string) string {
	words := strings.Split(phrase, " ")
	inside := 0
	after := ""
	for i, w := range words {
		bare := strings.TrimRight(w, ",;:.")
		if then, ok := were[bare]; ok && inside == 0 && after != "could" && after != "not" {
			words[i] = then + w[len(bare):]
		}
		inside += strings.Count(w, "{") - strings.Count(w, "}")
		after = bare
	}
	return strings.Join(words, " ")
}
