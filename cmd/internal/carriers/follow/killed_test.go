package follow_test

import (
	"net/http"
	"strings"

	"packbench/station/web"
)

// doer does something when a request is on its way, which then reaches its end all the same.
func doer(do func(), what string, with web.Doer) web.Doer { return killer{do, what, with} }

type killer struct {
	do   func()
	what string
	with web.Doer
}

func (k killer) Do(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.Method+" "+r.URL.Path, k.what) {
		return k.with.Do(r)
	}
	whole := r.Clone(r.Context())
	resp, err := k.with.Do(whole)
	k.do()
	if err == nil {
		_ = resp.Body.Close()
	}
	return nil, r.Context().Err()
}
