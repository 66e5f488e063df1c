package magento

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/unit"
)

// number is a JSON number, or the text of one, or null: PHP writes all of them.
type number string

func (n *number) UnmarshalJSON(data []byte) error {
	*n = ""
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if _, err := strconv.ParseFloat(text, 64); err != nil || len(text) > 40 {
		return errors.New("it is no number")
	}
	*n = number(text)
	return nil
}

func (n number) float() float64 {
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// key is an id that Magento counts up, 0 for none.
func (n number) key() int64 {
	id, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil {
		return 0
	}
	return id
}

// text is an id as the bench keeps it.
func (n number) text() string {
	if id := n.key(); id > 0 {
		return strconv.FormatInt(id, 10)
	}
	return ""
}

// money reads an amount, zero where it is none.
func money(f float64, currency string) unit.Money {
	m, err := unit.ParseMoney(strconv.FormatFloat(f, 'f', 6, 64), currency)
	if err != nil {
		return unit.Money{}
	}
	return m
}

// flag is 0, 1, "0", "1", false, true or null.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	switch strings.Trim(string(data), `"`) {
	case "1", "true":
		*f = true
	default:
		*f = false
	}
	return nil
}

// texts is a list of texts, or one text.
type texts []string

func (t *texts) UnmarshalJSON(data []byte) error {
	*t = nil
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = strings.Split(one, "\n")
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// object reads what is an object, or an empty list, which is what PHP makes of an
// object without fields.
func object[T any](data []byte, out *T) error {
	if len(data) > 0 && data[0] == '[' {
		return nil
	}
	return json.Unmarshal(data, out)
}

// reference is the number of a customer's purchase order, a text or a number.
func reference(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	return station.OneLine(text, station.MaxReference)
}
