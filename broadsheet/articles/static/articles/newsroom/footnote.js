// @ts-check
// Footnotes in the newsroom's text editor: a mark in the text, its words in a dialogue.
(() => {
  const { createElement: element, Component } = window.React;
  const { EditorState, Modifier } = window.DraftJS;
  const MARK = "*"; // the one character of text that carries a note

  /** Ask for the words of a note; answers with them, with "" to take the note away, or null to leave all as it is. */
  function ask(words) {
    const dialogue = document.createElement("dialog");
    dialogue.className = "footnote-dialogue";
    dialogue.setAttribute("aria-labelledby", "footnote-label");
    dialogue.innerHTML = `<form method="dialog">
      <label id="footnote-label" for="footnote-words">Footnote</label>
      <textarea id="footnote-words" rows="5" aria-describedby="footnote-hint"></textarea>
      <p id="footnote-hint" class="help">Addresses become links. *Stars* make italics, [words](https://…) a link.</p>
      <p><button class="button" value="keep">Keep</button>
      <button class="button button-secondary" value="" formnovalidate>Cancel</button>
      <button class="button button-secondary no" value="remove"${words ? "" : " hidden"}>Remove</button></p></form>`;
    const field = dialogue.querySelector("textarea");
    field.value = words;
    document.body.append(dialogue);
    return new Promise((answer) => {
      dialogue.addEventListener("close", () => {
        const deed = dialogue.returnValue;
        dialogue.remove();
        answer(deed === "keep" ? field.value.trim() : deed === "remove" ? "" : null);
      });
      dialogue.showModal();
      field.focus();
    });
  }

  class Source extends Component {
    async componentDidMount() {
      const { entity, entityKey, onClose } = this.props;
      const words = await ask(entity ? entity.getData().text : "");
      if (words === null || (!words && !entityKey)) onClose();
      else if (words) this.keep(words);
      else this.remove();
    }

    keep(words) {
      const { editorState, entityType, entityKey, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { text: words });
      const key = content.getLastCreatedEntityKey();
      if (entityKey) {
        const whole = window.draftail.DraftUtils.getEntitySelection(editorState, entityKey);
        onComplete(EditorState.push(editorState, Modifier.applyEntity(content, whole, key), "apply-entity"));
        return;
      }
      const here = editorState.getSelection();
      const end = here.merge({ anchorKey: here.getEndKey(), anchorOffset: here.getEndOffset(),
        focusKey: here.getEndKey(), focusOffset: here.getEndOffset(), isBackward: false });
      onComplete(EditorState.push(editorState, Modifier.insertText(content, end, MARK, null, key), "insert-characters"));
    }

    remove() {
      const { editorState, entityKey, onComplete } = this.props;
      const whole = window.draftail.DraftUtils.getEntitySelection(editorState, entityKey);
      const content = Modifier.removeRange(editorState.getCurrentContent(), whole, "forward");
      onComplete(EditorState.push(editorState, content, "remove-range"));
    }

    render() {
      return null;
    }
  }

  function Decorator({ contentState, entityKey, onEdit, children }) {
    const { text } = contentState.getEntity(entityKey).getData();
    const edit = (event) => {
      event.preventDefault();
      onEdit(entityKey);
    };
    return element("a", { className: "footnote-mark", role: "button", title: text, onMouseUp: edit }, children);
  }

  window.draftail.registerPlugin({ type: "FOOTNOTE", source: Source, decorator: Decorator });
})();
