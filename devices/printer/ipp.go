package printer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The few words of IPP 2.0 (RFC 8010, 8011) that a CUPS queue needs.
const (
	opPrintJob      = 0x0002
	opValidate      = 0x0004
	opCancel        = 0x0008
	opGetJob        = 0x0009
	opGetJobs       = 0x000A
	opGetPrinter    = 0x000B
	opGetQueues     = 0x4002 // CUPS-Get-Printers
	tagOperation    = 0x01
	tagJob          = 0x02
	tagEnd          = 0x03
	tagUnsupported  = 0x05
	tagInteger      = 0x21
	tagBoolean      = 0x22
	tagEnum         = 0x23
	tagText         = 0x41
	tagName         = 0x42
	tagKeyword      = 0x44
	tagURI          = 0x45
	tagCharset      = 0x47
	tagLanguage     = 0x48
	tagMIME         = 0x49
	statusOK        = 0x00FF // and less
	statusTooLate   = 0x0404 // not possible: the job has ended
	statusNotFound  = 0x0406
	statusFormat    = 0x040A
	statusNoSuchOp  = 0x0501
	statusBusy      = 0x0507
	maxIPPAnswer    = 8 << 20
	maxIPPParts     = 100_000 // values and groups: each takes far more memory than bytes
	maxIPPAttribute = 1 << 16
)

// request is an IPP request being written.
type request struct {
	bytes.Buffer
	credentials string // value of the Authorization header, "" for none
}

func newRequest(op uint16, printerURI, user string) *request {
	r := &request{}
	r.Write([]byte{2, 0, byte(op >> 8), byte(op), 0, 0, 0, 1, tagOperation})
	r.text(tagCharset, "attributes-charset", "utf-8")
	r.text(tagLanguage, "attributes-natural-language", "en")
	r.text(tagURI, "printer-uri", printerURI)
	r.text(tagName, "requesting-user-name", user)
	return r
}

// text adds an attribute with one value or more.
func (r *request) text(tag byte, name string, values ...string) {
	for _, value := range values {
		r.value(tag, name, []byte(value))
		name = "" // more values of an attribute have no name
	}
}

func (r *request) number(tag byte, name string, n int) {
	r.value(tag, name, binary.BigEndian.AppendUint32(nil, uint32(n)))
}

func (r *request) yes(name string) { r.value(tagBoolean, name, []byte{1}) }

func (r *request) value(tag byte, name string, value []byte) {
	value = value[:min(len(value), maxIPPAttribute-1)]
	r.WriteByte(tag)
	r.Write(binary.BigEndian.AppendUint16(nil, uint16(len(name))))
	r.WriteString(name)
	r.Write(binary.BigEndian.AppendUint16(nil, uint16(len(value))))
	r.Write(value)
}

// attributes are those of one group; integers and enums are written as numbers.
type attributes map[string][]ippValue

type ippValue struct {
	text   string
	number int
}

func (a attributes) text(name string) string {
	if v := a[name]; len(v) > 0 {
		return v[0].text
	}
	return ""
}

func (a attributes) number(name string) int {
	if v := a[name]; len(v) > 0 {
		return v[0].number
	}
	return 0
}

func (a attributes) texts(name string) []string {
	var all []string
	for _, v := range a[name] {
		all = append(all, v.text)
	}
	return all
}

// answer is an IPP answer: its status, what the service did not understand, and
// the other groups after the operation's own.
type answer struct {
	status      int
	message     string
	unsupported attributes
	groups      []attributes
}

func (a answer) ok() bool { return a.status <= statusOK }

// words says why a request was refused.
func (a answer) words() string {
	return cmp.Or(a.message, fmt.Sprintf("IPP status %04x", a.status))
}

func (a answer) first() attributes {
	if len(a.groups) == 0 {
		return attributes{}
	}
	return a.groups[0]
}

// errIPP says that the bytes are no IPP answer.
var errIPP = errors.New("the print service sends what is not understood")

// parseAnswer reads an answer; collections come out as their parts, unheeded.
func parseAnswer(data []byte) (answer, error) {
	if len(data) < 8 {
		return answer{}, errIPP
	}
	a := answer{status: int(binary.BigEndian.Uint16(data[2:]))}
	operation := attributes{}
	group, name := operation, ""
	parts := 0
	for data = data[8:]; len(data) > 0; {
		if parts++; parts > maxIPPParts {
			return answer{}, errIPP
		}
		tag := data[0]
		data = data[1:]
		if tag == tagEnd {
			a.message = operation.text("status-message")
			return a, nil
		}
		if tag < 0x10 {
			switch group = (attributes{}); tag {
			case tagOperation:
				group = operation
			case tagUnsupported:
				a.unsupported = group
			default:
				a.groups = append(a.groups, group)
			}
			continue
		}
		key, rest, ok := counted(data)
		value, rest, good := counted(rest)
		if !ok || !good {
			return answer{}, errIPP
		}
		data = rest
		if len(key) > 0 {
			name = string(key)
		}
		v := ippValue{text: string(value)}
		if (tag == tagInteger || tag == tagEnum) && len(value) == 4 {
			v.number = int(int32(binary.BigEndian.Uint32(value)))
		}
		if tag == tagBoolean && len(value) == 1 {
			v.number = int(value[0])
		}
		group[name] = append(group[name], v)
	}
	return answer{}, errIPP
}

// counted cuts off a piece that begins with its length.
func counted(data []byte) (piece, rest []byte, ok bool) {
	if len(data) < 2 {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint16(data))
	if len(data) < 2+n {
		return nil, nil, false
	}
	return data[2 : 2+n], data[2+n:], true
}

// answerWithin is how long a request and its answer may take together.
const answerWithin = 30 * time.Second

// post sends a request, and the document after it if there is one.
func post(ctx context.Context, client http.RoundTripper, url string, r *request, document []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	r.WriteByte(tagEnd)
	r.Write(document)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(r.Bytes()))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/ipp")
	if r.credentials != "" {
		req.Header.Set("Authorization", r.credentials)
	}
	req.GetBody = nil // a request that was sent in part must never be sent again by itself
	resp, err := client.RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxIPPAnswer))
	if err != nil {
		return answer{}, err
	}
	if resp.StatusCode != http.StatusOK {
		return answer{}, newHTTPError(resp, url)
	}
	return parseAnswer(body)
}
