// Sends the chosen file as the body of one request, so that the server can write it to disk as it arrives.
export function upload(input, url, token, page) {
  const file = input.files[0];
  if (!file) return Promise.reject(new Error("No file was chosen."));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${url}?name=${encodeURIComponent(file.name)}`);
    if (token) request.setRequestHeader("RequestVerificationToken", token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    let last = 0;
    request.upload.onprogress = (event) => {
      const percent = event.total ? Math.floor((event.loaded * 100) / event.total) : 0;
      if (percent > last) {
        last = percent;
        page.invokeMethodAsync("Progress", percent);
      }
    };
    request.onerror = () =>
      reject(new Error("The connection broke while the file was sent. Choose it again."));
    request.onload = () => {
      if (request.status === 200) {
        resolve(JSON.parse(request.responseText).id);
        return;
      }
      let text = `The server did not take the file (${request.status}).`;
      try {
        text = JSON.parse(request.responseText).title || text;
      } catch {
        // The answer is not ours; the status says enough.
      }
      reject(new Error(text));
    };
    request.send(file);
  }).finally(() => {
    input.value = "";
  });
}
