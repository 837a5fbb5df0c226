// @ts-check
// A passage that readers are asked about, in the newsroom's text editor: the words are marked, the question asked in a
// dialogue. The mark keeps its key for ever, so that comments find it though its words change.
(() => {
  const { createElement: element, Component } = window.React;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;

  /** Ask for the question; answers with it, with false to take the mark away, or null to leave all as it is. */
  function ask(question, isNew) {
    const dialogue = document.createElement("dialog");
    dialogue.className = "footnote-dialogue";
    dialogue.setAttribute("aria-labelledby", "passage-label");
    dialogue.innerHTML = `<form method="dialog">
      <label id="passage-label" for="passage-question">What do you ask readers about these words?</label>
      <textarea id="passage-question" rows="3" maxlength="300" aria-describedby="passage-hint"></textarea>
      <p id="passage-hint" class="help">It may stay empty: then readers say what they think of the passage.</p>
      <p><button class="button" value="keep">Keep</button>
      <button class="button button-secondary" value="" formnovalidate>Cancel</button>
      <button class="button button-secondary no" value="remove"${isNew ? " hidden" : ""}>Remove the mark</button></p></form>`;
    const field = dialogue.querySelector("textarea");
    field.value = question;
    document.body.append(dialogue);
    return new Promise((answer) => {
      dialogue.addEventListener("close", () => {
        const deed = dialogue.returnValue;
        dialogue.remove();
        answer(deed === "keep" ? field.value.trim() : deed === "remove" ? false : null);
      });
      dialogue.showModal();
      field.focus();
    });
  }

  class Source extends Component {
    async componentDidMount() {
      const { entity, entityKey, editorState, onClose } = this.props;
      const selection = editorState.getSelection();
      if (!entityKey && selection.isCollapsed()) {
        window.alert("Select the words first that readers are asked about.");
        onClose();
        return;
      }
      const data = entity ? entity.getData() : { key: Math.random().toString(36).slice(2, 12), question: "" };
      const question = await ask(data.question, !entityKey);
      if (question === null) onClose();
      else this.mark(question === false ? null : { key: data.key, question });
    }

    mark(data) {
      const { editorState, entityType, entityKey, onComplete } = this.props;
      const where = entityKey ? window.draftail.DraftUtils.getEntitySelection(editorState, entityKey) : editorState.getSelection();
      if (data === null) {
        onComplete(RichUtils.toggleLink(editorState, where, null));
        return;
      }
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", data);
      const marked = Modifier.applyEntity(content, where, content.getLastCreatedEntityKey());
      onComplete(EditorState.push(editorState, marked, "apply-entity"));
    }

    render() {
      return null;
    }
  }

  function Decorator({ contentState, entityKey, onEdit, children }) {
    const { question } = contentState.getEntity(entityKey).getData();
    const edit = (event) => {
      event.preventDefault();
      onEdit(entityKey);
    };
    return element("mark", { className: "asked-passage", title: question || "Readers are asked about this", onMouseUp: edit }, children);
  }

  window.draftail.registerPlugin({ type: "PASSAGE", source: Source, decorator: Decorator });
})();
