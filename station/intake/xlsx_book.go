package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// relations say which part of a workbook stands where.
type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// target is the path of the first part of a kind, and of the id where one is given.
func (l relations) target(from, id, kind string) string {
	for _, r := range l.List {
		if !strings.HasSuffix(r.Type, "/"+kind) || id != "" && r.ID != id {
			continue
		}
		if strings.HasPrefix(r.Target, "/") {
			return path.Clean(r.Target[1:])
		}
		return path.Join(path.Dir(from), r.Target)
	}
	return ""
}

// openBook opens the sheet that is read, and reads the texts which its cells share.
func openBook(z *zip.Reader) (*xlsxSource, error) {
	var root, parts relations
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := small(z, "_rels/.rels", &root); err != nil {
		return nil, notBook(err)
	}
	at := root.target("", "", "officeDocument")
	rels := path.Join(path.Dir(at), "_rels", path.Base(at)+".rels")
	if err := errors.Join(small(z, at, &book), small(z, rels, &parts)); err != nil {
		return nil, notBook(err)
	}
	var others []string
	seen := func(state string) bool { return state == "" || state == "visible" }
	for i, s := range book.Sheets {
		part := parts.target(at, s.ID, "worksheet")
		if !seen(s.State) || part == "" {
			continue
		}
		for _, o := range book.Sheets[i+1:] {
			if seen(o.State) && len(others) < maxOthers && filled(z, parts.target(at, o.ID, "worksheet")) {
				others = append(others, short(o.Name))
			}
		}
		sheet, err := openMarkup(z, part)
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", short(s.Name), err)
		}
		t, err := readTexts(z, parts.target(at, "", "sharedStrings"))
		since := book.Properties.Date1904
		return &xlsxSource{markup: sheet, texts: t, since1904: since == "1" || since == "true", merged: readMerged(z, part), others: others}, err
	}
	return nil, errors.New("the workbook has no sheet")
}

const (
	maxOthers = 8      // sheets that are named
	maxLooked = 10_000 // tokens of a sheet in which a value is looked for
)

// filled reports whether a sheet holds a value near its beginning.
func filled(z *zip.Reader, name string) bool {
	m, err := openMarkup(z, name)
	if err != nil {
		return false
	}
	defer m.part.Close()
	for range maxLooked {
		m.leash.left = MaxRow
		t, err := m.token()
		if err != nil {
			return false
		}
		if e, ok := t.(xml.StartElement); ok && (e.Name.Local == "v" || e.Name.Local == "is") {
			return true
		}
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "sheetData" {
			return false
		}
	}
	return false
}

func part(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f.Open()
		}
	}
	return nil, fmt.Errorf("its part %q is missing", short(name))
}

// small reads one small part.
func small(z *zip.Reader, name string, to any) error {
	r, err := part(z, name)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(atMost(r, maxPart, " of "+name))
	if err == nil {
		err = xml.Unmarshal(data, to)
	}
	return errors.Join(err, r.Close())
}

// markup reads a part token by token, no piece of it longer than a row may be.
type markup struct {
	part  io.ReadCloser
	leash *leash
	xml   *xml.Decoder
	depth int

	formula bool // stands beside the last text
}

func openMarkup(z *zip.Reader, name string) (*markup, error) {
	r, err := part(z, name)
	if err != nil {
		return nil, err
	}
	m := &markup{part: r, leash: &leash{r: r, left: MaxRow}}
	m.xml = xml.NewDecoder(m.leash)
	return m, nil
}

// token returns the next one. The end of the file is a fault, because the end of
// what is read comes before it.
func (m *markup) token() (xml.Token, error) {
	t, err := m.xml.Token()
	switch {
	case m.leash.left <= 0 && err != nil:
		return nil, m.leash.tooLong()
	case err != nil:
		return nil, fmt.Errorf("the workbook breaks off or is damaged (%w)", early(err))
	}
	switch t.(type) {
	case xml.StartElement:
		m.depth++
	case xml.EndElement:
		m.depth--
	}
	if m.depth > 100 {
		return nil, errors.New("the workbook is damaged: its elements stand in one another without an end")
	}
	return t, nil
}

// text joins what stands in elements of a name up to the end of the one that has
// begun. How a text is pronounced is not part of it.
func (m *markup) text(name string) (string, error) {
	var b strings.Builder
	inside, spoken := false, 0
	m.formula = false
	for end := m.depth - 1; m.depth > end; {
		t, err := m.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inside = t.Name.Local == name
			m.formula = m.formula || t.Name.Local == "f"
			if t.Name.Local == "rPh" {
				spoken++
			}
		case xml.EndElement:
			inside = false
			if t.Name.Local == "rPh" {
				spoken--
			}
		case xml.CharData:
			if inside && spoken == 0 {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// finish reads the rest of the part, whose sum stands at its end.
func (m *markup) finish() error {
	_, err := io.Copy(io.Discard, m.part)
	if err = errors.Join(err, m.part.Close()); err != nil {
		return fmt.Errorf("the workbook is damaged (%w)", err)
	}
	return nil
}

// texts are those that cells share: each ends where the next one begins.
type texts struct {
	all  []byte
	ends []uint32
}

func readTexts(z *zip.Reader, name string) (*texts, error) {
	t := &texts{}
	if name == "" {
		return t, nil
	}
	m, err := openMarkup(z, name)
	if err != nil {
		return nil, notBook(err)
	}
	for {
		m.leash.left = MaxRow
		token, err := m.token()
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "si" {
				continue
			}
			text, err := m.text("t")
			if err != nil {
				return nil, err
			}
			t.all = append(t.all, unescape(text)...)
			t.ends = append(t.ends, uint32(len(t.all)))
			if len(t.ends) > maxTexts || len(t.all) > maxTextSize {
				return nil, fmt.Errorf("%w: a workbook with more than %d texts, or %d MB of them; save it as .csv", ErrTooLarge, maxTexts, maxTextSize>>20)
			}
		case xml.EndElement:
			if e.Name.Local == "sst" {
				return t, m.finish()
			}
		}
	}
}

func (t *texts) at(index string) (string, bool) {
	i, err := strconv.Atoi(strings.TrimSpace(index))
	if err != nil || i < 0 || i >= len(t.ends) {
		return "", false
	}
	begin := uint32(0)
	if i > 0 {
		begin = t.ends[i-1]
	}
	return string(t.all[begin:t.ends[i]]), true
}

// escaped is a character that XML cannot hold, as a workbook writes it.
var escaped = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 32) // four hexadecimal digits are a number
		return string(rune(n))
	})
}
