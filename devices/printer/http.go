package printer

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"packbench/station/trouble"
)

// httpError is an answer before IPP was spoken.
type httpError struct {
	status int
	place  string // of a redirect: ipp://host[:port]/path, "" when it is not told
	secure bool   // the redirect leads to an encrypted connection
	circle bool   // the redirect leads back to where it came from
}

// newHTTPError reads an answer that is no IPP. Nothing is followed: a document
// goes only to the printer that was set.
func newHTTPError(resp *http.Response, asked string) httpError {
	e := httpError{status: resp.StatusCode}
	if e.status < 300 || e.status > 399 {
		return e
	}
	from, err := url.Parse(asked)
	if err != nil {
		return e
	}
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || to.Hostname() == "" || resp.Header.Get("Location") == "" {
		return e
	}
	e.secure = to.Scheme == "https" || to.Scheme == "ipps"
	e.circle = to.Scheme == from.Scheme && to.Host == from.Host && to.EscapedPath() == from.EscapedPath()
	if !e.secure && to.Scheme != "http" && to.Scheme != "ipp" {
		return e
	}
	e.place = printerAddress(to)
	return e
}

// printerAddress writes the place of a redirect as the settings want it. A name,
// a password and what stands behind a question mark may be secrets, and the
// answer is anybody's bytes: they are left out.
func printerAddress(to *url.URL) string {
	const longest = 120
	port, scheme := to.Port(), "ipp"
	switch to.Scheme {
	case "http":
		port = cmp.Or(port, "80") // the port of ipp is another one
	case "https":
		port, scheme = cmp.Or(port, "443"), "ipps"
	case "ipps":
		scheme = "ipps"
	}
	host := to.Hostname()
	switch {
	case port != "" && port != "631":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	place := scheme + "://" + host + to.EscapedPath()
	if len(place) > longest || strings.ContainsFunc(place, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return place
}

// refusal says that the answer is one to a request that was not carried out.
func (e httpError) refusal() bool { return e.status >= 300 && e.status < 500 }

// forLibrary says that the programs of CUPS may get through where this one does
// not: they can sign in and encrypt.
func (e httpError) forLibrary() bool { return e.status == 401 || e.status == 426 }

func (e httpError) Error() string { return e.told("the print service", true).Trouble.Wrong() }

// told says why who did not take the job. What helps is another thing at a printer
// than at a print service.
func (e httpError) told(who string, scheduler bool) Result {
	r := func(code trouble.Code, queue trouble.Fix, args ...string) Result {
		out := saying(Rejected, code, append([]string{who}, args...)...)
		if scheduler {
			out.Trouble.Fix = queue
		}
		return out
	}
	switch {
	case e.secure, e.status == http.StatusUpgradeRequired:
		return r(trouble.WantsEncryption, trouble.ServerEncrypts)
	case e.circle:
		return r(trouble.SentInCircle, trouble.AskServer)
	case e.place != "":
		return r(trouble.Moved, trouble.AskServer, e.place)
	case e.status >= 300 && e.status < 400:
		return r(trouble.MovedAway, trouble.AskServer)
	case e.status == http.StatusUnauthorized, e.status == http.StatusProxyAuthRequired:
		return r(trouble.WantsPassword, trouble.ServerPassword)
	case e.status == http.StatusForbidden:
		return r(trouble.NotAllowed, trouble.ServerAllows)
	case e.status == http.StatusNotFound, e.status == http.StatusMethodNotAllowed, e.status == http.StatusGone:
		return r(trouble.WrongAddress, trouble.QueueName)
	case e.status == http.StatusRequestEntityTooLarge:
		return r(trouble.TooLarge, "")
	}
	return r(trouble.Answers, trouble.LookAtService, strings.TrimSpace(fmt.Sprintf("%d %s", e.status, http.StatusText(e.status))))
}

// shownAddress is an address without the name and password that may stand in
// it, for messages.
func shownAddress(address string) string {
	address, _, _ = strings.Cut(address, "?")
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		scheme, rest = "", address
	} else {
		scheme += "://"
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		rest = "…" + rest[at:]
	}
	return scheme + rest
}
